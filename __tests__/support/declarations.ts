import {
  type Alert,
  above,
  alert,
  type Environment,
  environment,
  httpServerMetrics,
  minutes,
  type Pack,
  pack,
  percent,
  rate,
  ratio,
  type Service,
  seconds,
  service,
} from "@watchbill/model";

/** Small declarations that tests change one thing of. */

const { requests, duration } = httpServerMetrics;

export const errorsHigh = (changes: Partial<Alert> = {}): Alert => ({
  ...alert("ErrorsHigh", {
    when: above(ratio(rate(requests.where({ status: /5../ })), rate(requests)), percent(1)),
    for: minutes(5),
    severity: "critical",
    summary: "Requests are failing.",
    description: "{value} of requests fail; the limit is {threshold}.",
  }),
  ...changes,
});

export const shopWith = (alerts: readonly Alert[], changes: Partial<Service> = {}): Service => ({
  ...service("shop", {
    owner: "commerce",
    metrics: { requests, duration },
    endpoint: { port: 3000 },
    watch: [pack("http", { alerts }) as Pack],
  }),
  ...changes,
});

export const environmentWith = (services: readonly Service[], changes: Partial<Environment> = {}): Environment => ({
  ...environment("test", {
    services,
    dashboards: [],
    backends: ["prometheus", "alertmanager", "blackbox"],
    at: Object.fromEntries(
      services.map(({ name }) => [
        name,
        { url: `https://${name}.example.com`, targets: { service: [`${name}:3000`] } },
      ]),
    ),
    channels: {},
    notify: { critical: [], high: [], medium: [], low: [], info: [] },
    secrets: "/etc/watchbill/secrets",
    retention: seconds(30 * 86400),
    links: { runbooks: "https://runbooks.example.com", prometheus: "http://prometheus", alertmanager: "http://am" },
  }),
  ...changes,
});
