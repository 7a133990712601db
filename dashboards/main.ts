import { dashboard } from "@watchbill/model";

export const main = dashboard("main", {
  title: "Main",
  question: "Are users being served?",
  sections: ["Is it up?", "Objectives", "Traffic", "Errors", "Latency", "Dependencies", "Business"],
});
