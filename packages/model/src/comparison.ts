import type { Calendar } from "./calendar";
import { type Expression, sum } from "./expression";
import { gauge, type Metric } from "./metric";

/** A measure that is recorded once, and beside it what it usually is at this hour of the week. */
export interface WeeklyComparison {
  /** `job:http_requests:rate5m`, as recorded series are called (https://prometheus.io/docs/practices/rules/). */
  readonly series: string;
  /** The median of past weeks. */
  readonly usualSeries: string;
  readonly of: Expression;
  /** How many past weeks it is the median of; an environment that keeps fewer takes those it has. */
  readonly weeks: number;
  /** On its holidays nothing is recorded, so that they are neither compared nor compared with. Default: no holidays. */
  readonly calendar?: Calendar;
}

/** Nothing but a recorded series has a colon in its name. */
export const isRecorded = ({ name }: Pick<Metric, "name">) => name.includes(":");

/** A measure by job, as it is and as it usually is, each read from one recorded series. */
export function compared<const U extends string>(
  series: string,
  of: Expression<U>,
  { weeks = 3, calendar }: { readonly weeks?: number | undefined; readonly calendar?: Calendar | undefined } = {},
): { readonly comparison: WeeklyComparison; readonly now: Expression<U>; readonly usual: Expression<U> } {
  const usualSeries = `${series}_usual`;
  const read = (name: string) => sum(gauge(name, { unit: of.unit }));
  return {
    comparison: { series, usualSeries, of, weeks, ...(calendar && { calendar }) },
    now: read(series) as Expression<U>,
    usual: read(usualSeries) as Expression<U>,
  };
}
