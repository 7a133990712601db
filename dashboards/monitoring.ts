import { dashboard } from "@watchbill/model";

export const monitoring = dashboard("monitoring", {
  title: "Monitoring",
  question: "Would we be told?",
  sections: ["Scrapes", "Rules", "Notifications", "Servers"],
});
