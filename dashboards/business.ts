import { dashboard, hours } from "@watchbill/model";

export const business = dashboard("business", {
  title: "Business",
  question: "Do people use it, buy, and manage to pay?",
  sections: ["Sales", "Revenue", "Payments", "Users", "Usage", "Integrations"],
  range: hours(24),
});
