import {
  above,
  atMost,
  below,
  calendar,
  count,
  counter,
  type Diagnostic,
  days,
  during,
  type Environment,
  email,
  formatDiagnostic,
  gauge,
  histogram,
  hours,
  httpServerMetrics,
  increase,
  largest,
  objective,
  pagerduty,
  percent,
  type Service,
  seconds,
  secret,
  slack,
  uptimeMetrics,
} from "@watchbill/model";
import { check } from "../../../lib/checks";
import { environmentWith, errorsHigh, shopWith } from "../../support/declarations";

const runbooks = new Set(["errors-high"]);
const found = (service: Service, changes: Partial<Environment> = {}): readonly Diagnostic[] => {
  const environment = environmentWith([service], changes);
  return check({ environment, services: [service] }, { runbooks });
};
/** Without the place's line, which moves with this file. */
const lines = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.map((one) =>
    formatDiagnostic(one)
      .replace(/\.test\.ts:\d+/g, ".test.ts")
      .replace(/declarations\.ts:\d+/g, "declarations.ts"),
  );

const here = "__tests__/lib/checks/checks.test.ts";
const there = "__tests__/support/declarations.ts";
const { requests, duration } = httpServerMetrics;
const withMetric = (metric: unknown) =>
  shopWith([errorsHigh()], { metrics: { requests, duration, metric } as Service["metrics"] });
const promise = (changes: object) =>
  shopWith([errorsHigh()], {
    objectives: [
      objective("availability", {
        title: "Answered",
        target: percent(99.9),
        over: days(30),
        indicator: { kind: "events", bad: requests.where({ status: /5../ }), all: requests.where({}) },
        ...changes,
      }),
    ],
  });

test("a declaration without a mistake has none", () => {
  expect(found(promise({}))).toEqual([]);
});

test.each<[string, Service, string | string[]]>([
  [
    "a metric's name that Prometheus refuses",
    withMetric(gauge("orders-open", { unit: "orders" })),
    `error metric-name ${here} [shop/orders-open]: Prometheus refuses the metric name "orders-open" → use letters, digits and underscores: "orders_open"`,
  ],
  [
    "a counter without its ending",
    withMetric(counter("orders", { counts: "orders" })),
    `error counter-name ${here} [shop/orders]: the counter "orders" does not end in _total → call it "orders_total"`,
  ],
  [
    "a counter whose name is refused as well",
    withMetric(counter("refunds-total", { counts: "refunds" })),
    [
      `error metric-name ${here} [shop/refunds-total]: Prometheus refuses the metric name "refunds-total" → use letters, digits and underscores: "refunds_total"`,
      `error counter-name ${here} [shop/refunds-total]: the counter "refunds-total" does not end in _total → call it "refunds_total"`,
    ],
  ],
  [
    "a gauge with a counter's ending",
    withMetric(gauge("orders_total", { unit: "orders" })),
    `error counter-name ${here} [shop/orders_total]: "orders_total" ends in _total but is a gauge → declare it as a counter, or drop the ending`,
  ],
  [
    "a label's name that Prometheus refuses",
    withMetric(gauge("orders", { unit: "orders", labels: { "by-shop": atMost(3) } })),
    `error label-name ${here} [shop/orders]: Prometheus refuses the label "by-shop" of orders → use letters, digits and underscores`,
  ],
  [
    "a label that the scrape sets",
    withMetric(gauge("orders", { unit: "orders", labels: { job: atMost(3) } })),
    `error label-name ${here} [shop/orders]: the label "job" of orders is set by the scrape → call it something else than job, instance, le, quantile, service, owner and environment`,
  ],
  [
    "a bound that bounds nothing",
    withMetric(gauge("orders", { unit: "orders", labels: { shop: atMost(Number.POSITIVE_INFINITY) } })),
    `error label-bound ${here} [shop/orders]: the label "shop" of orders is bound by Infinity → bound it by a whole number above 0`,
  ],
  [
    "buckets that don't ascend",
    withMetric(histogram("wait_seconds", { unit: "seconds", buckets: [1, 1, 2] })),
    `error histogram-buckets ${here} [shop/wait_seconds]: the buckets of wait_seconds do not ascend: 1, 1, 2 → list them from small to large, each once`,
  ],
  [
    "two metrics of one name",
    withMetric(counter("http_requests_total", { counts: "requests" })),
    `error duplicate-metric ${here} [shop/http_requests_total]: two metrics are called http_requests_total, the first at packages/model/src/metrics/http-server.ts:7 → give one of them another name, or declare it once`,
  ],
  [
    "two alerts with one id",
    shopWith([errorsHigh(), errorsHigh()]),
    `error duplicate-alert ${there} [shop/ErrorsHigh]: two alerts have the id ErrorsHigh, the first at ${there} → give one of them another id, or leave out the pack that is listed twice`,
  ],
  [
    "an alert's name that linters refuse",
    shopWith([errorsHigh({ id: "errors_high" })]),
    `error alert-name ${there} [shop/errors_high]: "errors_high" is no alert name → write it in CamelCase with at most 40 letters and digits, such as PaymentFailureRatioHigh`,
  ],
  [
    "an alert of something down whose name leaves no room for its aftermath",
    shopWith([errorsHigh({ id: "SomethingOfTheShopIsDownEntirely", down: "postgres", runbook: "errors-high" })]),
    `error alert-name ${there} [shop/SomethingOfTheShopIsDownEntirely]: "SomethingOfTheShopIsDownEntirely" is no alert name → write it in CamelCase with at most 31 letters and digits, such as PaymentFailureRatioHigh`,
  ],
  [
    "an alert without runbook",
    shopWith([errorsHigh({ runbook: "nothing-here" })]),
    `error missing-runbook ${there} [shop/ErrorsHigh]: ErrorsHigh has no runbook → write runbooks/nothing-here.md, or name another page with \`runbook:\``,
  ],
  [
    "an alert that points at a panel which isn't there",
    shopWith([errorsHigh({ panel: "errors" })]),
    `error unknown-panel ${there} [shop/ErrorsHigh]: ErrorsHigh points at the panel "errors", which shop lacks → name one of none`,
  ],
  [
    "a templated summary",
    shopWith([errorsHigh({ summary: "{value} of requests fail." })]),
    `error alert-summary ${there} [shop/ErrorsHigh]: the summary "{value} of requests fail." is not a plain sentence → begin with a capital, end with a period, and move what varies into the description`,
  ],
  [
    "an alert on a metric that the service doesn't have",
    shopWith([errorsHigh()], { metrics: { duration } as unknown as Service["metrics"] }),
    `error unknown-metric ${there} [shop/ErrorsHigh]: ErrorsHigh reads http_requests_total, which shop does not declare → add it to the metrics of services/shop.ts, or leave the pack out`,
  ],
  [
    "an alert on a check that the service doesn't make",
    shopWith([
      errorsHigh({ when: below(largest(uptimeMetrics.success.where({ check: "health" })), count(1, "checks")) }),
    ]),
    `error unknown-check ${there} [shop/ErrorsHigh]: ErrorsHigh reads the check "health", which shop does not make → add it to the checks of services/shop.ts, or name one of none`,
  ],
  [
    "an objective of everything",
    promise({ target: percent(100) }),
    `error objective-target ${here} [shop/availability]: a target of 100 % leaves no error budget → set it between 0 and 100 %, such as percent(99.9)`,
  ],
  [
    "an objective whose alert can never fire",
    promise({ target: percent(90) }),
    `error burn-never-fires ${here} [shop/availability]: its burn-rate tier of 14.4 can never fire: 14.4 times the budget is more than everything → raise the target above 93.06 %, or declare slower \`tiers\``,
  ],
  [
    "a bound that is no bucket",
    promise({ indicator: { kind: "latency", of: duration.where({}), bound: seconds(0.3) } }),
    `error bound-no-bucket ${here} [shop/availability]: 0.3 seconds is none of the buckets of http_request_duration_seconds → choose one of 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5 and 10, or add it to the buckets`,
  ],
])("%s is one line that names the place and the way out", (_, service, line) => {
  expect(lines(found(service))).toEqual([line].flat());
});

const orders = counter("orders_total", { counts: "orders" });
const gated = (hours_: Parameters<typeof calendar>[1]) =>
  shopWith(
    [errorsHigh({ when: during(calendar("office", hours_), hours(1), above(increase(orders), count(1, "orders"))) })],
    { metrics: { requests, duration, orders } as unknown as Service["metrics"] },
  );

test.each<[string, Service, string]>([
  [
    "a zone that doesn't exist",
    gated({ zone: "Europe/Londen", from: "09:00", to: "17:00" }),
    `error calendar-zone ${here} [office]: there is no time zone "Europe/Londen" → name one of the IANA database, such as Europe/London`,
  ],
  [
    "hours that end before they begin",
    gated({ zone: "Europe/London", from: "17:00", to: "9:00" }),
    `error calendar-hours ${here} [office]: "17:00" to "9:00" on 5 days is no stretch of a day → write times as HH:MM, the end after the beginning, on at least one day; hours over midnight are two stretches, the first to 24:00`,
  ],
])("%s is one line", (_, service, line) => {
  expect(lines(found(service))).toEqual([line]);
});

test.each<[string, Partial<Environment>, string]>([
  [
    "a route to a channel that is not declared",
    { notify: { critical: ["pager"], high: [], medium: [], low: [], info: [] } },
    `error unknown-channel ${there} [test/notify/critical]: the channel "pager" is not declared → declare it in \`channels\`, or name one of none`,
  ],
  [
    "a webhook that is written out",
    { channels: { alerts: slack("#alerts", { webhook: "https://hooks.example.com/services/T0/B0/x" }) } },
    `error secret-in-code ${here} [test/channels/alerts]: the webhook of "alerts" is written out → put it into a file of /etc/watchbill/secrets and say webhook: secret("<file>")`,
  ],
  [
    "a routing key that is written out",
    { channels: { page: pagerduty("shop", { routingKey: "0123456789abcdef" }) } },
    `error secret-in-code ${here} [test/channels/page]: the routingKey of "page" is written out → put it into a file of /etc/watchbill/secrets and say routingKey: secret("<file>")`,
  ],
  [
    "a secret's name that leaves the folder",
    { channels: { alerts: slack("#alerts", { webhook: secret("../../etc/passwd") }) } },
    `error secret-name ${here} [test/channels/alerts]: "../../etc/passwd" can't be a secret's file name → use lower-case letters, digits, dots and dashes`,
  ],
  [
    "a mail password's name that leaves the folder",
    { mail: { smarthost: "mail.example.com:587", from: "a@example.com", password: secret("../password") } },
    `error secret-name __tests__/support/declarations.ts [test/mail]: "../password" can't be a secret's file name → use lower-case letters, digits, dots and dashes`,
  ],
  [
    "email without a mail server",
    { channels: { team: email("team@example.com") } },
    `error mail-server-missing ${here} [test/channels/team]: "team" is email, and test has no mail server → declare \`mail: { smarthost, from }\` in the environment`,
  ],
  [
    "a service without a place",
    { at: {} },
    `error location-missing ${there} [test/at/shop]: test does not say where shop is → add \`at: { shop: { url, targets: { service: ["host:port"] } } }\``,
  ],
  [
    "a target that is none",
    { at: { shop: { url: "https://shop.example.com", targets: { service: ["http://shop:3000/"] } } } },
    `error location-target ${there} [test/at/shop]: "http://shop:3000/" is no target → write it as host:port`,
  ],
  [
    "an address with a path",
    { at: { shop: { url: "https://shop.example.com/app", targets: { service: ["shop:3000"] } } } },
    `error location-url ${there} [test/at/shop]: "https://shop.example.com/app" is no address without a path → write it as https://shop.example.com`,
  ],
  [
    "tuning of an alert that doesn't exist",
    { tune: { shop: { ErrorsLow: { threshold: percent(2) } } } as unknown as Environment["tune"] },
    `error tune-unknown ${there} [test/tune/shop/ErrorsLow]: shop has no alert "ErrorsLow" → tune one of ErrorsHigh`,
  ],
  [
    "tuning in another unit",
    { tune: { shop: { ErrorsHigh: { threshold: seconds(2) } } } as unknown as Environment["tune"] },
    `error tune-unit ${there} [test/tune/shop/ErrorsHigh]: ErrorsHigh is held against ratio, not seconds → give its threshold in ratio`,
  ],
  [
    "tuning that changes nothing",
    { tune: { shop: { ErrorsHigh: { threshold: percent(1) } } } as unknown as Environment["tune"] },
    `error tune-nothing ${there} [test/tune/shop/ErrorsHigh]: this tuning changes nothing → leave it out`,
  ],
  [
    "two servers on one port",
    {
      runtime: "local",
      programs: [{ name: "web", script: "web.ts", ports: { http: 9090 }, environment: {} }],
    },
    `error duplicate-port ${there} [test/ports]: prometheus and web http both want port 9090 → give one of them another port`,
  ],
])("%s is one line", (_, changes, line) => {
  expect(lines(found(shopWith([errorsHigh()]), changes))).toEqual([line]);
});

test("several mistakes of several kinds are all found at once", () => {
  const service = shopWith([errorsHigh(), errorsHigh({ runbook: "gone" })], {
    metrics: { requests, duration, odd: gauge("a-b", { unit: "things" }) } as unknown as Service["metrics"],
  });
  const codes = found(service, { channels: { team: email("team@example.com") } }).map(({ code }) => code);
  expect(codes).toEqual(["metric-name", "duplicate-alert", "missing-runbook", "mail-server-missing"]);
});
