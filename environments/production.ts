import { days, email, environment, pagerduty, secret, slack, webhook } from "@watchbill/model";
import { businessHours } from "../calendars/business-hours";
import { exportersOf } from "./exporters";
import { team } from "./team";

export const production = environment("production", {
  services: team.services,
  dashboards: team.dashboards,
  backends: team.backends,
  // Two machines each.
  locate: (service) => {
    const machines = [1, 2].map((one) => `${service.name}-${one}.internal`);
    return {
      url: `https://${service.name}.example.com`,
      targets: {
        service: machines.map((machine) => `${machine}:${service.endpoint.port}`),
        ...exportersOf(service, "internal", machines),
      },
    };
  },
  at: {
    monitoring: { url: "https://prometheus.example.com", targets: { service: [], node: ["monitoring.internal:9100"] } },
  },
  channels: {
    onCall: pagerduty("on-call", { routingKey: secret("pagerduty-on-call") }),
    alerts: slack("#alerts", { webhook: secret("slack-alerts") }),
    everyone: email("team@example.com"),
  },
  notify: {
    critical: ["onCall", "alerts", "everyone"],
    high: ["alerts", "everyone"],
    medium: ["alerts", "everyone"],
    low: ["everyone"],
    info: ["everyone"],
  },
  hours: { medium: businessHours, low: businessHours },
  mail: {
    smarthost: "smtp.example.com:587",
    from: "watchbill@example.com",
    username: "watchbill",
    password: secret("smtp-password"),
  },
  dockerHost: "ssh://deploy@monitoring.example.com",
  heartbeat: webhook("heartbeat", {
    url: "https://heartbeat.example.com/watchbill-production",
    token: secret("heartbeat-token"),
  }),
  secrets: team.secrets,
  retention: days(30),
  seriesAtMost: 350_000,
  links: {
    runbooks: team.runbooks,
    prometheus: "https://prometheus.example.com",
    alertmanager: "https://alertmanager.example.com",
    grafana: "https://grafana.example.com",
    logs: "https://logs.example.com/search?query=service:{service}+env:{environment}",
    traces: "https://traces.example.com/search?service={service}",
  },
});
