import {
  burnTiers,
  type Duration,
  httpServerMetrics,
  lastingTiers,
  type Objective,
  objective,
  paymentMetrics,
  type Quantity,
  uptimeMetrics,
} from "@watchbill/model";

const { requests, duration } = httpServerMetrics;
const { payments } = paymentMetrics;

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
export const latency = ({
  target,
  over,
  below,
  id = "latency",
}: Target & {
  readonly below: Duration;
  /** For a second promise of the same service: `latency-p99`. Default: latency. */
  readonly id?: string;
}) =>
  objective(id, {
    title: `Requests answered within ${below.value} s`,
    target,
    over,
    symptom: `Requests take more than ${below.value} s`,
    outranks: ["P95", "P99", "Average"].flatMap((measure) => [
      `HttpLatency${measure}High`,
      `HttpLatency${measure}Elevated`,
    ]),
    indicator: { kind: "latency", of: duration.where({}), bound: below },
  });

/** Payments that end by somebody's answer. It calls nobody: `paymentsByOutcome` does, as soon as some fail. */
export const paymentObjective = ({ target, over }: Target) =>
  objective("payments", {
    title: "Payments that don't fail",
    target,
    over,
    tiers: burnTiers(over).filter(({ pages }) => !pages),
    symptom: "Payments fail",
    indicator: { kind: "events", bad: payments.where({ status: "failed" }), all: payments.where({}) },
  });

/**
 * The share of the time during which a check passes. It calls nobody: an outage is told by the pack `uptime` within a
 * minute, and of checks that are minutes apart a single one that fails would burn fast. What adds up to a tenth of a
 * month's budget within three days is a ticket. `check` is the check's id, by default `health`.
 */
export const uptimeObjective = ({
  target,
  over,
  check = "health",
  ...more
}: Target & Pick<Objective, "alertBelow"> & { readonly check?: string }) =>
  objective("uptime", {
    title: "Time during which checks from outside pass",
    target,
    over,
    tiers: burnTiers(over).filter(({ pages }) => !pages),
    ...more,
    symptom: "Checks from outside fail",
    indicator: { kind: "probes", of: uptimeMetrics.success.where({ check }) },
  });
