import { dashboard } from "@watchbill/model";

export const infrastructure = dashboard("infrastructure", {
  title: "Infrastructure",
  question: "Have the machines and processes all that they need?",
  sections: ["Processors", "Memory", "Disk", "Network", "Node.js", "Redis"],
});
