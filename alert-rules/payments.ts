import {
  above,
  alert,
  count,
  type Duration,
  givenAtLeast,
  hours,
  increase,
  type Labels,
  minutes,
  pack,
  panel,
  paymentMetrics,
  type Quantity,
  ratio,
  type Selectable,
  type Severity,
  select,
} from "@watchbill/model";

interface Limits {
  readonly above: Quantity<"ratio">;
  readonly over: Duration;
  /** Payments that have to fail within that time: of few, a single one is a large share. Default: 3. */
  readonly floor?: number;
  /** Default: critical. */
  readonly severity?: Severity;
  /** What `externalApi` calls the provider: its failures are not told beside those of the payments. Default: none. */
  readonly through?: string;
}

const place = { on: "business", section: "Payments" } as const;

/** Payments that fail, as a share of those that were tried. */
export function payments<U extends string, L extends Labels>(
  watch: Limits & {
    readonly failed: Selectable<"counter", U, L>;
    readonly attempted: Selectable<"counter", NoInfer<U>, L>;
  },
) {
  const { failed, attempted, over, floor = 3, severity = "critical", through } = watch;
  const failures = increase(failed, { over });
  const failureRatio = ratio(failures, increase(attempted, { over }));
  const metrics = [select(failed).metric, select(attempted).metric];
  return pack("payments", {
    metrics: Object.fromEntries(metrics.map((metric) => [metric.name, metric])),
    alerts: [
      alert("PaymentFailureRatioHigh", {
        when: givenAtLeast(count(floor, failures.unit), failures, above(failureRatio, watch.above)),
        // Told at once: that several have to fail is what keeps it quiet. A long window keeps what comes and goes together.
        keepFiring: over.value < minutes(10).value ? minutes(5) : minutes(0),
        severity,
        summary: "Payments are failing.",
        description:
          "{value} of payments fail; more than {threshold} is too many. Each is a customer who wanted to buy.",
        panel: "payment-failures",
        outranks: [
          "SalesStopped",
          "payments/ErrorBudgetBurnSlow",
          ...(through === undefined ? [] : [`${through}FailureRatioHigh`]),
        ],
      }),
    ],
    panels: [
      panel("payment-failures", {
        ...place,
        title: "Failing payments",
        description: "Share of payments that fail.",
        series: [{ legend: "failing", of: failureRatio }],
      }),
    ],
  });
}

/** The same where the application counts its payments by how they end. */
export function paymentsByOutcome(watch: Limits) {
  const { payments: attempted } = paymentMetrics;
  const failing = payments({ ...watch, attempted, failed: attempted.where({ status: "failed" }) });
  const hour = { over: hours(1) };
  const succeeding = panel("payment-success", {
    ...place,
    title: "Payments that succeed",
    description: "Of the payments tried within an hour, those that succeeded; banks decline a few at any time.",
    series: [
      {
        legend: "share",
        of: ratio(increase(attempted.where({ status: "succeeded" }), hour), increase(attempted, hour)),
      },
    ],
  });
  return pack(failing.name, { ...failing, metrics: paymentMetrics, panels: [...failing.panels, succeeding] });
}
