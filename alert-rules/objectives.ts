import { type Duration, httpServerMetrics, lastingTiers, objective, type Quantity } from "@watchbill/model";

const { requests, duration } = httpServerMetrics;

interface Target {
  readonly target: Quantity<"ratio">;
  readonly over: Duration;
}

/**
 * Requests answered without a server error. Failures that last are told within minutes, before the pack `http` tells of
 * them: its alerts are then one page too many.
 */
export const availability = ({ target, over }: Target) =>
  objective("availability", {
    title: "Requests answered without a server error",
    target,
    over,
    lasting: lastingTiers(target),
    symptom: "Requests fail",
    outranks: ["HttpServerFailing", "HttpErrorRatioHigh", "HttpErrorRatioElevated"],
    indicator: { kind: "events", bad: requests.where({ status: /5../ }), all: requests.where({}) },
  });

/** Requests answered in time; `below` is one of the duration's buckets. Slow answers are told by their pace alone. */
export const latency = ({ target, over, below }: Target & { readonly below: Duration }) =>
  objective("latency", {
    title: `Requests answered within ${below.value} s`,
    target,
    over,
    symptom: "Requests are slow",
    indicator: { kind: "latency", of: duration.where({}), bound: below },
  });
