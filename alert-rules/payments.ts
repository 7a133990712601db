import {
  above,
  alert,
  count,
  type Duration,
  givenAtLeast,
  increase,
  type Labels,
  minutes,
  pack,
  panel,
  type Quantity,
  ratio,
  type Selectable,
  type Severity,
  select,
} from "@watchbill/model";

/** Payments that fail, as a share of those that were tried. */
export function payments<U extends string, L extends Labels>(watch: {
  readonly failed: Selectable<"counter", U, L>;
  readonly attempted: Selectable<"counter", NoInfer<U>, L>;
  readonly above: Quantity<"ratio">;
  readonly over: Duration;
  /** Payments tried within that time without which a share says nothing. Default: 5. */
  readonly floor?: number;
  /** Default: critical. */
  readonly severity?: Severity;
}) {
  const { failed, attempted, over, floor = 5, severity = "critical" } = watch;
  const tried = increase(attempted, { over });
  const failureRatio = ratio(increase(failed, { over }), tried);
  const metrics = [select(failed).metric, select(attempted).metric];
  return pack("payments", {
    metrics: Object.fromEntries(metrics.map((metric) => [metric.name, metric])),
    alerts: [
      alert("PaymentFailureRatioHigh", {
        when: givenAtLeast(count(floor, tried.unit), tried, above(failureRatio, watch.above)),
        // One look is not enough: a server that has just restarted sees rates that are none.
        for: minutes(1),
        severity,
        summary: "Payments are failing.",
        description:
          "{value} of payments fail; more than {threshold} is too many. Each is a customer who wanted to buy.",
        panel: "payment-failures",
      }),
    ],
    panels: [
      panel("payment-failures", {
        title: "Failing payments",
        description: "Share of payments that fail.",
        on: "business",
        section: "Payments",
        series: [{ legend: "failing", of: failureRatio }],
      }),
    ],
  });
}
