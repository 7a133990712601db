import { days, environment, percent, secret, slack } from "@watchbill/model";
import { team } from "./team";

export const staging = environment("staging", {
  services: team.services,
  dashboards: team.dashboards,
  backends: team.backends,
  at: {
    tickets: {
      url: "https://tickets.staging.example.com",
      targets: { service: ["tickets.staging.internal:3000"], node: ["tickets.staging.internal:9100"] },
    },
  },
  channels: { alerts: slack("#alerts-staging", { webhook: secret("slack-alerts") }) },
  notify: { critical: ["alerts"], high: ["alerts"], medium: ["alerts"], low: [], info: [] },
  dockerHost: "ssh://deploy@monitoring.staging.example.com",
  secrets: team.secrets,
  retention: days(7),
  links: {
    runbooks: team.runbooks,
    prometheus: "https://prometheus.staging.example.com",
    alertmanager: "https://alertmanager.staging.example.com",
    grafana: "https://grafana.staging.example.com",
  },
  tune: { tickets: { HttpErrorRatioHigh: { threshold: percent(5) } } },
});
