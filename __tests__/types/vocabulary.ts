/**
 * What must not compile. `npm test` runs the compiler over this file: an `@ts-expect-error` that has no error below it
 * is an error itself.
 */
import {
  above,
  alert,
  atMost,
  bytes,
  count,
  counter,
  type Environment,
  environment,
  fromVariable,
  gauge,
  givenAtLeast,
  histogram,
  httpServerMetrics,
  increase,
  pack,
  panel,
  percent,
  perSecond,
  plus,
  quantile,
  rate,
  ratio,
  seconds,
  service,
  sum,
  within,
} from "@watchbill/model";
import { http } from "../../alert-rules/http";

const { requests, duration } = httpServerMetrics;
const failed = requests.where({ status: /5../ });
const errorRatio = ratio(rate(failed), rate(requests));
const memory = gauge("memory_bytes", { unit: "bytes" });
const orders = counter("orders_total", { counts: "orders", labels: { status: ["paid", "failed"], shop: atMost(3) } });

above(errorRatio, percent(5));
// @ts-expect-error seconds held against a ratio
above(quantile(0.95, duration), percent(5));
// @ts-expect-error requests a second held against a ratio: the classic "errors per second over 5 %"
above(rate(failed), percent(5));
// @ts-expect-error a rate held against a count
above(rate(requests), count(100, "requests"));
// @ts-expect-error a count held against a rate
above(increase(requests), perSecond(5, "requests"));
// @ts-expect-error 3000 for 3 s: a limit has a unit
above(quantile(0.99, duration), 3000);
// @ts-expect-error one unit's rate held against another's
above(rate(requests), perSecond(5, "orders"));
// @ts-expect-error orders are no part of requests
ratio(rate(orders), rate(requests));
// @ts-expect-error bytes and requests have no sum
plus(sum(memory), increase(requests));
// @ts-expect-error the bound of a latency is a time
within(duration, percent(50));
// @ts-expect-error a floor counts what the share is taken of
givenAtLeast(count(10, "orders"), increase(requests), above(errorRatio, percent(1)));

// @ts-expect-error the metric lacks the label (a misspelt one is answered with "did you mean 'status'?")
requests.where({ statuz: "500" });
// @ts-expect-error an enumerated label lacks the value
orders.where({ status: "refunded" });
orders.where({ status: "paid", shop: "any text fits a bounded label" });
// @ts-expect-error a metric without labels has none to match
memory.where({ shop: "one" });
// @ts-expect-error a label to keep apart must be the metric's own
rate(orders, { by: ["route"] });
rate(orders, { by: ["shop", "instance"] });

// @ts-expect-error an unbounded label: a name alone
counter("a_total", { counts: "things", labels: ["user"] });
// @ts-expect-error an unbounded label: a type instead of values
counter("b_total", { counts: "things", labels: { user: "string" } });
// @ts-expect-error an unbounded label: no bound at all
counter("c_total", { counts: "things", labels: { user: {} } });
// @ts-expect-error a histogram without buckets
histogram("d_seconds", { unit: "seconds" });

// @ts-expect-error a rate is taken of a counter
rate(memory);
// @ts-expect-error a quantile is taken of a histogram
quantile(0.9, requests);
// @ts-expect-error a counter's sum over targets says nothing; its rate or increase does
sum(requests);

panel("one-unit", { title: "", description: "", on: "", section: "", series: [{ legend: "", of: errorRatio }] });
panel("two-units", {
  title: "",
  description: "",
  on: "",
  section: "",
  // @ts-expect-error one axis has one unit
  series: [{ legend: "", of: errorRatio } as const, { legend: "", of: sum(memory) } as const],
});

const shop = service("shop", {
  owner: "commerce",
  metrics: { requests, memory },
  endpoint: { port: 3000 },
  watch: [
    pack("http", {
      alerts: [
        alert("ErrorsHigh", {
          when: above(errorRatio, percent(1)),
          severity: "critical",
          summary: "Requests are failing.",
          description: "{value} fail.",
        }),
      ],
    }),
    pack("memory", {
      alerts: [
        alert("MemoryHigh", {
          when: above(sum(memory), bytes(1000)),
          severity: "medium",
          summary: "Memory is short.",
          description: "{value} in use.",
        }),
      ],
    }),
  ],
});

const rest = {
  services: [shop],
  dashboards: [],
  backends: ["prometheus"],
  at: { shop: { url: "https://shop.example.com", targets: { service: ["shop:3000"] } } },
  channels: {},
  notify: { critical: [], high: [], medium: [], low: [], info: [] },
  secrets: "/etc/watchbill/secrets",
  retention: seconds(86400),
  links: { runbooks: "", prometheus: "", alertmanager: "" },
} as const;
environment("tuned", { ...rest, tune: { shop: { ErrorsHigh: { threshold: percent(2) } } } }) satisfies Environment;
// @ts-expect-error a threshold of another unit
environment("tuned", { ...rest, tune: { shop: { ErrorsHigh: { threshold: bytes(2) } } } });
// @ts-expect-error an alert that the service lacks
environment("tuned", { ...rest, tune: { shop: { ErrorsHihg: { threshold: percent(2) } } } });
// @ts-expect-error a service that the environment lacks
environment("tuned", { ...rest, tune: { shopp: {} } });

// An environment has several services: each has its own alerts.
const till = service("till", {
  owner: "commerce",
  metrics: { memory },
  endpoint: { port: 3000 },
  watch: [
    pack("till", {
      alerts: [
        alert("TillFull", {
          when: above(sum(memory), bytes(1000)),
          severity: "medium",
          summary: "The till is full.",
          description: "{value} in use.",
        }),
      ],
    }),
  ],
});
const both = { ...rest, services: [shop, till], at: { ...rest.at, till: rest.at.shop } } as const;
environment("both", { ...both, tune: { shop: { ErrorsHigh: { threshold: percent(2) } }, till: {} } });
// @ts-expect-error an alert that this one of them lacks
environment("both", { ...both, tune: { shop: { ErrorsHihg: { threshold: percent(2) } } } });
// @ts-expect-error an alert that only the other has
environment("both", { ...both, tune: { till: { ErrorsHigh: { threshold: percent(2) } } } });
// @ts-expect-error a threshold of another unit
environment("both", { ...both, tune: { shop: { ErrorsHigh: { threshold: bytes(2) } } } });

// @ts-expect-error a channel that the environment lacks
environment("routed", { ...rest, notify: { ...rest.notify, critical: ["nobody"] } });
// @ts-expect-error a service without a place
environment("placed", { ...rest, at: {} });
// @ts-expect-error a severity that doesn't exist
alert("Odd", { when: above(errorRatio, percent(1)), severity: "urgent", summary: "S.", description: "{value}" });

const range = [percent(1), percent(9)] as const;
above(errorRatio, fromVariable("LIMIT", { bare: "percent", default: percent(5), between: range }));
// @ts-expect-error a variable of seconds held against a ratio
above(errorRatio, fromVariable("LIMIT", { bare: "seconds", default: seconds(5), between: [seconds(1), seconds(9)] }));
// @ts-expect-error a ratio is not written in milliseconds
fromVariable("LIMIT", { bare: "milliseconds", default: percent(5), between: range });
// @ts-expect-error bounds in another unit
fromVariable("LIMIT", { bare: "percent", default: percent(5), between: [seconds(1), seconds(9)] });

const { at, ...somewhere } = rest;
environment("found", { ...somewhere, locate: () => at.shop });
environment("found", { ...somewhere, locate: () => at.shop, at: { shop: at.shop } });
// @ts-expect-error neither a convention nor a place
environment("lost", somewhere);
// @ts-expect-error a place of a service that the environment lacks
environment("found", { ...somewhere, locate: () => at.shop, at: { shopp: at.shop } });

const watched = service("levels", {
  owner: "commerce",
  endpoint: { port: 3000 },
  watch: [http({ errors: { above: percent(5), for: seconds(60), warn: percent(1) } })],
});
const levelled = { ...rest, services: [watched], at: { levels: rest.at.shop } } as const;
environment("levelled", { ...levelled, tune: { levels: { HttpErrorRatioElevated: { threshold: percent(2) } } } });
// @ts-expect-error the milder level is held against the same unit
environment("levelled", { ...levelled, tune: { levels: { HttpErrorRatioElevated: { threshold: bytes(2) } } } });
// @ts-expect-error both levels of a measure have one unit
http({ errors: { above: percent(5), for: seconds(60), warn: seconds(1) } });
