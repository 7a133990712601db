import {
  hours,
  increase,
  type LabelNames,
  type Labels,
  largest,
  type Matchers,
  type Metric,
  mean,
  pack,
  panel,
  quantile,
  quotient,
  ratio,
  type Selectable,
  select,
} from "@watchbill/model";

import { countsOverWindows } from "./windows";

/** Where on the business dashboard, and what the panel is called. */
interface Shown {
  readonly title: string;
  /** Default: what the metric's declaration says of it. */
  readonly description?: string;
  readonly section: "Sales" | "Revenue" | "Payments" | "Users" | "Usage" | "Integrations";
}
interface Apart<L extends Labels> {
  /** Label to keep apart. Default: none. */
  readonly by?: LabelNames<L>;
}

const hour = { over: hours(1) } as const;
const legend = (by: string | undefined, otherwise: string) => (by === undefined ? otherwise : `{${by}}`);
const metricsOf = (...of: readonly { readonly name: string }[]) => Object.fromEntries(of.map((one) => [one.name, one]));
const place = ({ section, description }: Shown, { help }: Pick<Metric, "help">) =>
  ({ on: "business", section, description: description ?? help }) as const;

/**
 * How much of something happens an hour, and how much has in an hour, a day and a week: sales, revenue, registrations.
 * A metric with labels that can't be added up says what of it is counted over these windows.
 */
export function hourly<U extends string, L extends Labels>(
  id: string,
  of: Selectable<"counter", U, L>,
  shown: Shown &
    Apart<L> & {
      /** Of all that the graph shows, what counts. Default: all, under the panel's own title. */
      readonly counting?: { readonly title: string; readonly of: Selectable<"counter", U, L> };
      /** Whether the counts stand on the main dashboard too. Default: no. */
      readonly onMain?: boolean;
    },
) {
  const { title, by, counting = { title, of }, onMain = false } = shown;
  const { metric } = select(of);
  const counts = { id, title: counting.title, description: `In ${metric.unit}, counted over the whole of that time.` };
  return pack(id, {
    metrics: metricsOf(metric),
    panels: [
      panel(`${id}-hour`, {
        ...place(shown, metric),
        title: `${title} an hour`,
        series: [{ legend: legend(by, metric.unit), of: increase(of, { ...hour, by: by === undefined ? [] : [by] }) }],
      }),
      ...countsOverWindows({ ...counts, on: "business", section: shown.section }, counting.of),
      ...(onMain
        ? countsOverWindows({ ...counts, id: `${id}-main`, on: "main", section: "Business" }, counting.of)
        : []),
    ],
  });
}

/** Those of which most happens within a day: top events by sales. */
export function ranking<U extends string, L extends Labels>(
  id: string,
  of: Selectable<"counter", U, L>,
  shown: Shown & { readonly by: LabelNames<L> },
) {
  const { title, by } = shown;
  const { metric } = select(of);
  const series = [{ legend: `{${by}}`, of: increase(of, { over: hours(24), by: [by] }) }] as const;
  return pack(id, {
    metrics: metricsOf(metric),
    panels: [panel(id, { ...place(shown, metric), title, as: "ranking", series })],
  });
}

/** How much of something there is: places that are left. Every instance tells the same number. */
export function level<U extends string, L extends Labels>(
  id: string,
  of: Selectable<"gauge", U, L>,
  shown: Shown & Apart<L>,
) {
  const { title, by } = shown;
  const { metric } = select(of);
  const series = [{ legend: legend(by, metric.unit), of: largest(of, { by: by === undefined ? [] : [by] }) }] as const;
  return pack(id, { metrics: metricsOf(metric), panels: [panel(id, { ...place(shown, metric), title, series })] });
}

/** A part of a whole, over an hour, told apart by the metric's labels: referrals that convert, of those that were sent. */
export function share<U extends string, L extends Labels>(
  id: string,
  metric: Metric<"counter", U, L>,
  shown: Shown & { readonly part: Matchers<L>; readonly whole: Matchers<L> },
) {
  const { title, part, whole } = shown;
  const of = ratio(increase(metric.where(part), hour), increase(metric.where(whole), hour));
  return pack(id, {
    metrics: metricsOf(metric),
    panels: [panel(id, { ...place(shown, metric), title, series: [{ legend: "share", of }] })],
  });
}

/** How much of one thing comes with each of another, over an hour: revenue with each order. */
export function each<U extends string, V extends string, P extends Labels, W extends Labels>(
  id: string,
  of: Selectable<"counter", U, P>,
  per: Selectable<"counter", V, W>,
  shown: Shown,
) {
  const { title } = shown;
  const [{ metric }, others] = [select(of), select(per)];
  const series = [{ legend: "average", of: quotient(increase(of, hour), increase(per, hour)) }] as const;
  return pack(id, {
    metrics: metricsOf(metric, others.metric),
    panels: [panel(id, { ...place(shown, metric), title, series })],
  });
}

/** How large or how long something is: half of it, 95 % of it, and on average. */
export function spread<U extends string, L extends Labels>(
  id: string,
  of: Selectable<"histogram", U, L>,
  shown: Shown,
) {
  const { title } = shown;
  const { metric } = select(of);
  const series = [
    { legend: "p50", of: quantile(0.5, of) },
    { legend: "p95", of: quantile(0.95, of) },
    { legend: "average", of: mean(of) },
  ] as const;
  return pack(id, { metrics: metricsOf(metric), panels: [panel(id, { ...place(shown, metric), title, series })] });
}
