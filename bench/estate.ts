import {
  above,
  alert,
  count,
  dashboard,
  days,
  type Environment,
  environment,
  givenAtLeast,
  httpServerMetrics,
  increase,
  minutes,
  type Pack,
  pack,
  panel,
  percent,
  quantile,
  rate,
  ratio,
  type Service,
  seconds,
  secret,
  service,
  slack,
  uptimeCheck,
} from "@watchbill/model";
import { availability, latency } from "../alert-rules/objectives";
import { uptime } from "../alert-rules/uptime";

/** Many services of one size: 20 alerts, 2 objectives, 3 dashboards of 6 panels and 4 checks each. */

const { requests, duration } = httpServerMetrics;
const statuses = ["401", "403", "404", "409", "429", "500", "502", "503"] as const;
const names = ["main", "errors", "latency"] as const;
const dashboards = names.map((name) =>
  dashboard(name, {
    title: `About ${name}`,
    question: "Is all well?",
    sections: ["Objectives", "Requests", "Is it up?"],
  }),
);

/** Everything that the alerts of the services name exists. */
export const runbooks = new Set([
  "requests-failing",
  "requests-slow",
  "service-down",
  "check-failing",
  "certificate-ends-soon",
  "certificate-about-to-end",
]);

const failing = (status: string) => rate(requests.where({ status: new RegExp(`${status}|5${status.slice(1)}`) }));

function packOf(index: number): Pack {
  const panels = names.flatMap((on) =>
    Array.from({ length: 6 }, (_, one) =>
      panel(`${on}-${one}`, {
        title: `Requests ${one}`,
        description: "How the requests fare.",
        on,
        section: "Requests",
        series: [
          { legend: "share", of: ratio(failing(statuses[one] ?? "500"), rate(requests)) },
          { legend: "{route}", of: ratio(rate(requests, { by: ["route"] }), rate(requests, { by: ["route"] })) },
        ],
      }),
    ),
  );
  const alerts = statuses.flatMap((status, one) => [
    alert(`Requests${status}High`, {
      when: givenAtLeast(
        count(10, "requests"),
        increase(requests),
        above(ratio(failing(status), rate(requests)), percent(1 + (index % 7))),
      ),
      for: minutes(5),
      severity: "critical",
      summary: "Requests are failing.",
      description: "{value} of requests fail; more than {threshold} is too many.",
      runbook: "requests-failing",
      panel: `errors-${one % 6}`,
    }),
    alert(`Requests${status}Slow`, {
      when: above(quantile(0.9 + one / 100, duration), seconds(2)),
      for: minutes(5),
      severity: "medium",
      summary: "Requests are slow.",
      description: "Requests take {value}; more than {threshold} is too long.",
      runbook: "requests-slow",
    }),
  ]);
  return pack("requests", { alerts, panels });
}

const checks = ["health", "ready", "login", "order"].map((id) => uptimeCheck(id, { path: `/${id}` }));
const [health, ...others] = checks;

const serviceOf = (index: number): Service =>
  service(`service-${index}`, {
    owner: `team-${index % 20}`,
    metrics: httpServerMetrics,
    endpoint: { port: 3000 },
    watch: [packOf(index), uptime({ health: health!, failsFor: minutes(1), others })],
    objectives: [
      availability({ target: percent(99.9), over: days(30) }),
      latency({ target: percent(99), over: days(30), below: seconds(0.5) }),
    ],
    checks,
  });

/** An environment of production's kind with so many services. */
export function estate(size: number): Environment {
  const services = Array.from({ length: size }, (_, index) => serviceOf(index));
  return environment("estate", {
    services,
    dashboards,
    backends: ["prometheus", "alertmanager", "blackbox", "grafana", "datadog"],
    at: Object.fromEntries(
      services.map(({ name }) => [
        name,
        { url: `https://${name}.example.com`, targets: { service: [`${name}.internal:3000`] } },
      ]),
    ),
    channels: { alerts: slack("#alerts", { webhook: secret("slack-alerts") }) },
    notify: { critical: ["alerts"], high: ["alerts"], medium: ["alerts"], low: [], info: [] },
    secrets: "/etc/watchbill/secrets",
    retention: days(30),
    links: {
      runbooks: "https://runbooks.example.com",
      prometheus: "https://prometheus.example.com",
      alertmanager: "https://alertmanager.example.com",
      grafana: "https://grafana.example.com",
    },
  });
}
