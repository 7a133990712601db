import {
  alert,
  below,
  type Calendar,
  count,
  type Duration,
  during,
  increase,
  type Labels,
  minutes,
  pack,
  panel,
  type Selectable,
  type Severity,
  select,
} from "@watchbill/model";

/** Nothing is sold at an hour when something always is: whatever is broken, no other alert has seen it. */
export function salesDrought<U extends string, L extends Labels>(
  sold: Selectable<"counter", U, L>,
  watch: { readonly silence: Duration; readonly during: Calendar; readonly severity?: Severity },
) {
  const { silence, severity = "high" } = watch;
  const { unit } = select(sold).metric;
  return pack("sales", {
    metrics: { sold: select(sold).metric },
    alerts: [
      alert("SalesStopped", {
        when: during(watch.during, silence, below(increase(sold, { over: silence }), count(1, unit))),
        // A server that has just begun to scrape knows of no sale yet.
        for: minutes(5),
        severity,
        summary: `No ${unit} are being sold.`,
        description: `{value} ${unit} were sold in the last {window}, at a time when some always are.`,
        panel: "sales",
      }),
    ],
    panels: [
      panel("sales", {
        title: `Sold of late: ${unit}`,
        description: `How many ${unit} were sold in the time after which silence is an alarm, in business hours only.`,
        on: "business",
        section: "Sales",
        series: [{ legend: unit, of: increase(sold, { over: silence }) }],
      }),
    ],
  });
}
