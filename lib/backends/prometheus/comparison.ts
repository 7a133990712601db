import { type Duration, days, type Environment, minutes, type Service, type WeeklyComparison } from "@watchbill/model";
import { formatDuration, lapsed } from "../../lapse";
import { holidayRuns } from "./calendar";
import { type PromqlStyle, printNode } from "./promql";
import type { RecordingRule, RuleGroup } from "./rule-file";
import { ruleScope, ruleStyle } from "./style";
import { localTime } from "./zone";

const week: Duration = days(7);

/** How many past weeks an environment remembers, of those that are asked for. */
export const weeksKept = ({ retention, lapse }: Environment, { weeks }: WeeklyComparison) =>
  Math.min(weeks, Math.floor((retention.value * lapse) / week.value));

export const comparisonsOf = (service: Service): readonly WeeklyComparison[] => [
  ...new Map(
    service.watch.flatMap(({ comparisons = [] }) => comparisons.map((one) => [one.series, one] as const)),
  ).values(),
];

/** A filter that lets everything pass but on holidays; none for a calendar without any. */
function exceptOnHolidays({ calendars }: Environment, { calendar: declared }: WeeklyComparison): string {
  const calendar = declared && (calendars[declared.name] ?? declared);
  if (!calendar || calendar.holidays.length === 0) return "";
  const days = holidayRuns(calendar).flatMap(({ first, many }) =>
    Array.from({ length: many }, (_, index) => ` != ${first + index}`),
  );
  // Written out, not read from the calendar's own series: of another group, that could be an evaluation old.
  return ` and on () (floor((${localTime(calendar.zone)}) / 86400)${days.join("")})`;
}

/** A median needs series that differ in a label; a week that has none (a holiday, an outage of Prometheus) is left out. */
function usual(environment: Environment, service: Service, comparison: WeeklyComparison): string {
  const past = (weeks: number) => {
    const offset = formatDuration(lapsed(environment, { ...week, value: week.value * weeks }));
    return `${comparison.series}{${ruleScope(service)("service")}} offset ${offset}`;
  };
  const many = weeksKept(environment, comparison);
  if (many === 1) return past(1);
  const series = Array.from(
    { length: many },
    (_, index) => `label_replace(${past(index + 1)}, "week", "${index + 1}", "", "")`,
  );
  return `quantile by (job) (0.5, ${series.join(" or ")})`;
}

/** A target that answers and has not been asked for anything yet has no series of requests: that is none, not nothing. */
const whileUp = (style: PromqlStyle): PromqlStyle => ({
  ...style,
  zero: (source) => `0 * max by (job) (up{${style.scope(source)}} == 1)`,
});

/**
 * What a service's measures are now and usually; each is one series, whatever the number of series below. All services'
 * groups have one name, each in a file of its own, as calendars have.
 */
export function comparisonRecordings(environment: Environment, service: Service): RuleGroup {
  // They speak for all instances and say so: every query of a dashboard filters by instance.
  const labels = { service: service.name, instance: "all" };
  return {
    name: "comparisons",
    // What must last for a quarter of an hour needs no more; percentiles of all buckets are dear.
    interval: formatDuration(lapsed(environment, minutes(1))),
    rules: comparisonsOf(service).flatMap((comparison): readonly RecordingRule[] => {
      const { series, usualSeries, of } = comparison;
      const measure = printNode(of.node, whileUp(ruleStyle(environment, service)));
      const gate = exceptOnHolidays(environment, comparison);
      const expr = gate === "" ? measure : `(${measure})${gate}`;
      return [
        { record: series, expr, labels },
        { record: usualSeries, expr: usual(environment, service, comparison), labels },
      ];
    }),
  };
}
