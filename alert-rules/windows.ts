import {
  averageRate,
  type Duration,
  days,
  type Expression,
  hours,
  increase,
  type Labels,
  type Panel,
  panel,
  ratio,
  type Selectable,
} from "@watchbill/model";

const windows = [
  ["1h", "last hour", hours(1)],
  ["24h", "last 24 hours", hours(24)],
  ["7d", "last 7 days", days(7)],
] as const;

interface Values extends Pick<Panel, "title" | "description" | "on" | "section"> {
  /** Kebab-case; the window is added: `requests-7d`. */
  readonly id: string;
}

/** The same value over 1 h, 24 h and 7 d, as three single values side by side. */
const overWindows = <U extends string>(
  { id, title, ...where }: Values,
  of: (over: Duration) => Expression<U>,
): readonly Panel[] =>
  windows.map(([suffix, words, over]) =>
    panel(`${id}-${suffix}`, {
      title: `${title}, ${words}`,
      ...where,
      as: "stat",
      series: [{ legend: words, of: of(over) }],
    }),
  );

/** How many there were: sales, revenue. */
export const countsOverWindows = <U extends string, L extends Labels>(
  values: Values,
  of: Selectable<"counter", U, L>,
) => overWindows(values, (over) => increase(of, { over }));

/** How many a second, on average. */
export const ratesOverWindows = <U extends string, L extends Labels>(values: Values, of: Selectable<"counter", U, L>) =>
  overWindows(values, (over) => averageRate(of, { over }));

/** Which share of them: errors out of requests, each weighing the same whenever it was. */
export const sharesOverWindows = <U extends string, L extends Labels>(
  values: Values,
  part: Selectable<"counter", U, L>,
  whole: Selectable<"counter", NoInfer<U>, L>,
) => overWindows(values, (over) => ratio(increase(part, { over }), increase(whole, { over })));
