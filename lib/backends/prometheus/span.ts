import { type Environment, formerCombinations, type Objective, type Service } from "@watchbill/model";
import { formatDuration, lapsed } from "../../lapse";

/** Reads an objective's recorded series. Offsets and ranges are printed as they are given. */
export interface RecordedReader {
  /** Its value at a moment: `offset` back. */
  readonly at: (series: string, offset?: string) => string;
  /** Its values over a range that ends `offset` back: of each evaluation, or one a step. */
  readonly over: (
    series: string,
    range: string,
    options?: { readonly step?: string; readonly offset?: string },
  ) => string;
}

const matchers = (service: string, objective: string) => `{service="${service}",objective="${objective}"}`;

const formerMatchers = (service: Service, { id, ...renamed }: Objective) =>
  formerCombinations(service, { ...renamed, name: id }, matchers);

/** Whether an objective or its service had another name, so that some of its past lies under that. */
export const hasFormerNames = (service: Service, objective: Objective) => formerMatchers(service, objective).length > 0;

const back = (offset?: string) => (offset === undefined ? "" : ` offset ${offset}`);

/**
 * Reads what an objective has recorded, under its former names where it has no sample under the new one yet. Names are
 * taken off at every step, so that the old samples and the new ones are one series and have one sum.
 */
export function recordedReader(environment: Environment, service: Service, objective: Objective): RecordedReader {
  const now = matchers(service.name, objective.id);
  const former = [...formerMatchers(service, objective)].reverse();
  if (former.length === 0) {
    return {
      at: (series, offset) => `${series}${now}${back(offset)}`,
      over: (series, range, { step, offset } = {}) =>
        `${series}${now}[${range}${step === undefined ? "" : `:${step}`}]${back(offset)}`,
    };
  }
  const each = formatDuration(lapsed(environment, environment.evaluateEvery));
  const names = (series: string, offset?: string) =>
    `(${[now, ...former].map((one) => `sum without (service, objective) (${series}${one}${back(offset)})`).join(" or ")})`;
  return {
    at: names,
    over: (series, range, { step = each, offset } = {}) => `${names(series)}[${range}:${step}]${back(offset)}`,
  };
}
