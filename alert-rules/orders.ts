import {
  above,
  count,
  givenAtLeast,
  increase,
  type Labels,
  minutes,
  pack,
  panel,
  ratio,
  type Selectable,
  select,
} from "@watchbill/model";
import { levels, type Measure } from "./measure";

const window = { over: minutes(5) } as const;

/** Orders that customers tried to place and could not, whatever they paid. Of fewer than three that fail, a share says nothing. */
export function orderFailures<U extends string, L extends Labels>(
  watch: Measure<"ratio"> & {
    readonly failed: Selectable<"counter", U, L>;
    readonly attempted: Selectable<"counter", NoInfer<U>, L>;
  },
) {
  const { failed, attempted, ...measure } = watch;
  const failures = increase(failed, window);
  const failing = ratio(failures, increase(attempted, window));
  const metrics = [select(failed).metric, select(attempted).metric];
  return pack("order-failures", {
    metrics: Object.fromEntries(metrics.map((metric) => [metric.name, metric])),
    alerts: levels("OrderFailureRatioHigh", measure, {
      when: (limit) => givenAtLeast(count(3, failures.unit), failures, above(failing, limit)),
      severity: "high",
      summary: "Orders can't be placed.",
      milder: "Some orders can't be placed.",
      description: "{value} of orders can't be placed; more than {threshold} is too many.",
      panel: "order-failures",
    }),
    panels: [
      panel("order-failures", {
        title: "Orders that fail",
        description: "Of the orders that were tried within five minutes, the share that could not be placed.",
        on: "business",
        section: "Sales",
        series: [{ legend: "failing", of: failing }],
      }),
    ],
  });
}
