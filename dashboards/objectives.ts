import { dashboard, days } from "@watchbill/model";

export const objectives = dashboard("objectives", {
  title: "Objectives",
  question: "Do we keep our promises, and what may we still risk?",
  sections: ["Objectives"],
  range: days(7),
});
