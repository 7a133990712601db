import { days, environment, percent, secret, slack, webhook } from "@watchbill/model";
import { exportersOf } from "./exporters";
import { team } from "./team";

export const staging = environment("staging", {
  services: team.services,
  dashboards: team.dashboards,
  backends: team.backends,
  datadog: { organizationOf: "production" },
  locate: (service) => ({
    url: `https://${service.name}.staging.example.com`,
    targets: {
      service: [`${service.name}.staging.internal:${service.endpoint.port}`],
      ...exportersOf(service, "staging.internal", [`${service.name}.staging.internal`]),
    },
  }),
  at: {
    monitoring: {
      url: "https://prometheus.staging.example.com",
      targets: { service: [], node: ["monitoring.staging.internal:9100"] },
    },
  },
  channels: { alerts: slack("#alerts-staging", { webhook: secret("slack-alerts") }) },
  notify: { critical: ["alerts"], high: ["alerts"], medium: ["alerts"], low: [], info: [] },
  dockerHost: "ssh://deploy@monitoring.staging.example.com",
  heartbeat: webhook("heartbeat", {
    url: "https://heartbeat.example.com/watchbill-staging",
    token: secret("heartbeat-token"),
  }),
  secrets: team.secrets,
  retention: days(7),
  seriesAtMost: 180_000,
  budgetOver: days(7),
  links: {
    runbooks: team.runbooks,
    prometheus: "https://prometheus.staging.example.com",
    alertmanager: "https://alertmanager.staging.example.com",
    grafana: "https://grafana.staging.example.com",
    logs: "https://logs.staging.example.com/search?query=service:{service}+env:{environment}",
    traces: "https://traces.staging.example.com/search?service={service}",
  },
  like: "production",
  differs: {
    notify: "nobody is woken for staging: whoever works on it reads its channel",
    hours: "its channel wakes nobody, so that nothing has to wait",
    retention: "a week is long enough to compare a release with the one before",
    budgetOver: "budgets are kept as long as samples are",
  },
  tune: { tickets: { HttpErrorRatioHigh: { threshold: percent(5) } } },
});
