import { dashboard } from "@watchbill/model";

export const infrastructure = dashboard("infrastructure", {
  title: "Infrastructure",
  question: "Have the machines and processes all that they need?",
  sections: ["Machines", "Node.js", "Redis"],
});
