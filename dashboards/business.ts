import { dashboard, hours } from "@watchbill/model";

export const business = dashboard("business", {
  title: "Business",
  question: "Are we selling, and are customers able to pay?",
  sections: ["Sales", "Revenue", "Payments", "Users", "Usage", "Integrations"],
  range: hours(24),
});
