import { business } from "../dashboards/business";
import { main } from "../dashboards/main";
import { tickets } from "../services/tickets";

/** What staging and production have in common; each says what it has of its own. */
export const team = {
  services: [tickets],
  dashboards: [main, business],
  backends: ["prometheus", "alertmanager", "blackbox", "grafana", "datadog"],
  secrets: "/etc/watchbill/secrets",
  runbooks: "https://git.example.com/platform/watchbill/src/branch/main/runbooks",
} as const;
