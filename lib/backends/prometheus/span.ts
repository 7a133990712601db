import { type Environment, formerCombinations, type Objective, type Service } from "@watchbill/model";
import { formatDuration, lapsed } from "../../lapse";

/** The average of an objective's recorded series over a span, of all its samples or of one each step. */
export type SpanReader = (series: string, span: string, step?: string) => string;

const matchers = (service: string, objective: string) => `{service="${service}",objective="${objective}"}`;

const formerMatchers = (service: Service, { id, ...renamed }: Objective) =>
  formerCombinations(service, { ...renamed, name: id }, matchers);

/** Whether an objective or its service had another name, so that some of its past lies under that. */
export const hasFormerNames = (service: Service, objective: Objective) => formerMatchers(service, objective).length > 0;

/**
 * Reads what an objective has recorded, under its former names where it has no sample under the new one yet. Names are
 * taken off at every step, so that the old samples and the new ones are one series and have one average.
 */
export function spanReader(environment: Environment, service: Service, objective: Objective): SpanReader {
  const now = matchers(service.name, objective.id);
  const former = [...formerMatchers(service, objective)].reverse();
  if (former.length === 0) {
    return (series, span, step) => `avg_over_time(${series}${now}[${span}${step === undefined ? "" : `:${step}`}])`;
  }
  const each = formatDuration(lapsed(environment, environment.evaluateEvery));
  return (series, span, step = each) => {
    const names = [now, ...former].map((one) => `sum without (service, objective) (${series}${one})`);
    return `avg_over_time((${names.join(" or ")})[${span}:${step}])`;
  };
}
