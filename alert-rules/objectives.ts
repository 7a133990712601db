import { type Duration, httpServerMetrics, objective, type Quantity } from "@watchbill/model";

const { requests, duration } = httpServerMetrics;

interface Target {
  readonly target: Quantity<"ratio">;
  readonly over: Duration;
}

/** Requests answered without a server error. */
export const availability = ({ target, over }: Target) =>
  objective("availability", {
    title: "Requests answered without a server error",
    target,
    over,
    indicator: { kind: "events", bad: requests.where({ status: /5../ }), all: requests.where({}) },
  });

/** Requests answered in time; `below` is one of the duration's buckets. */
export const latency = ({ target, over, below }: Target & { readonly below: Duration }) =>
  objective("latency", {
    title: `Requests answered within ${below.value} s`,
    target,
    over,
    indicator: { kind: "latency", of: duration.where({}), bound: below },
  });
