import { days, email, environment, pagerduty, secret, slack } from "@watchbill/model";
import { businessHours } from "../calendars/business-hours";
import { team } from "./team";

export const production = environment("production", {
  services: team.services,
  dashboards: team.dashboards,
  backends: team.backends,
  at: {
    tickets: {
      url: "https://tickets.example.com",
      targets: {
        service: ["tickets-1.internal:3000", "tickets-2.internal:3000"],
        node: ["tickets-1.internal:9100", "tickets-2.internal:9100"],
      },
    },
  },
  channels: {
    onCall: pagerduty("tickets", { routingKey: secret("pagerduty-tickets") }),
    alerts: slack("#alerts", { webhook: secret("slack-alerts") }),
    everyone: email("team@example.com"),
  },
  notify: {
    critical: ["onCall", "alerts", "everyone"],
    high: ["alerts", "everyone"],
    medium: ["alerts", "everyone"],
    low: ["everyone"],
    info: [],
  },
  hours: { medium: businessHours, low: businessHours },
  mail: {
    smarthost: "smtp.example.com:587",
    from: "watchbill@example.com",
    username: "watchbill",
    password: secret("smtp-password"),
  },
  dockerHost: "ssh://deploy@monitoring.example.com",
  secrets: team.secrets,
  retention: days(30),
  links: {
    runbooks: team.runbooks,
    prometheus: "https://prometheus.example.com",
    alertmanager: "https://alertmanager.example.com",
    grafana: "https://grafana.example.com",
  },
});
