import {
  type Expression,
  hours,
  increase,
  type LabelNames,
  type Labels,
  largest,
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

/** Where on the business dashboard. */
type Section = "Sales" | "Revenue" | "Payments" | "Users" | "Usage" | "Integrations";

interface Shown<L extends Labels> {
  readonly title: string;
  readonly description: string;
  readonly section: Section;
  /** Label to keep apart. Default: none. */
  readonly by?: LabelNames<L>;
}

const hour = { over: hours(1) } as const;
const legend = (by: string | undefined, otherwise: string) => (by === undefined ? otherwise : `{${by}}`);
const metricsOf = (...of: readonly { readonly name: string }[]) => Object.fromEntries(of.map((one) => [one.name, one]));

/** How much of something happens an hour, and how much has in an hour, a day and a week: sales, revenue, registrations. */
export function hourly<U extends string, L extends Labels>(
  id: string,
  of: Selectable<"counter", U, L>,
  { title, description, section, by }: Shown<L>,
) {
  const { metric } = select(of);
  const place = { on: "business", section } as const;
  return pack(id, {
    metrics: metricsOf(metric),
    panels: [
      panel(`${id}-hour`, {
        ...place,
        title: `${title} an hour`,
        description,
        series: [{ legend: legend(by, metric.unit), of: increase(of, { ...hour, by: by === undefined ? [] : [by] }) }],
      }),
      ...countsOverWindows({ id, title, description, ...place }, of),
    ],
  });
}

/** Those of which most happens: top events by sales. */
export function ranking<U extends string, L extends Labels>(
  id: string,
  of: Selectable<"counter", U, L>,
  { title, description, section, by }: Shown<L> & { readonly by: LabelNames<L> },
) {
  const series = [{ legend: `{${by}}`, of: increase(of, { over: hours(24), by: [by] }) }] as const;
  return pack(id, {
    metrics: metricsOf(select(of).metric),
    panels: [panel(id, { title, description, on: "business", section, as: "bars", series })],
  });
}

/** How much of something there is: users who are active, places that are left. Every instance tells the same number. */
export function level<U extends string, L extends Labels>(
  id: string,
  of: Selectable<"gauge", U, L>,
  { title, description, section, by }: Shown<L>,
) {
  const { metric } = select(of);
  const series = [{ legend: legend(by, metric.unit), of: largest(of, { by: by === undefined ? [] : [by] }) }] as const;
  return pack(id, {
    metrics: metricsOf(metric),
    panels: [panel(id, { title, description, on: "business", section, series })],
  });
}

/** A part of a whole, over an hour: payments that succeed, referrals that convert. */
export function share<U extends string, P extends Labels, W extends Labels>(
  id: string,
  part: Selectable<"counter", U, P>,
  whole: Selectable<"counter", NoInfer<U>, W>,
  { title, description, section }: Omit<Shown<P>, "by">,
) {
  const of: Expression<"ratio"> = ratio(increase(part, hour), increase(whole, hour) as Expression<U>);
  return pack(id, {
    metrics: metricsOf(select(part).metric, select(whole).metric),
    panels: [panel(id, { title, description, on: "business", section, series: [{ legend: "share", of }] })],
  });
}

/** How much of one thing comes with each of another, over an hour: revenue with each order. */
export function each<U extends string, V extends string, P extends Labels, W extends Labels>(
  id: string,
  of: Selectable<"counter", U, P>,
  per: Selectable<"counter", V, W>,
  { title, description, section }: Omit<Shown<P>, "by">,
) {
  const series = [{ legend: "average", of: quotient(increase(of, hour), increase(per, hour)) }] as const;
  return pack(id, {
    metrics: metricsOf(select(of).metric, select(per).metric),
    panels: [panel(id, { title, description, on: "business", section, series })],
  });
}

/** How large or how long something is: half of it, 95 % of it, and on average. */
export function spread<U extends string, L extends Labels>(
  id: string,
  of: Selectable<"histogram", U, L>,
  { title, description, section }: Omit<Shown<L>, "by">,
) {
  const series = [
    { legend: "p50", of: quantile(0.5, of) },
    { legend: "p95", of: quantile(0.95, of) },
    { legend: "average", of: mean(of) },
  ] as const;
  return pack(id, {
    metrics: metricsOf(select(of).metric),
    panels: [panel(id, { title, description, on: "business", section, series })],
  });
}
