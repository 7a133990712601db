import { type Alert, comparisonOf, type Test } from "@watchbill/model";
import { type Kind, kinds, type RuleCase } from "./case";

/** A counter that can be too little reads zero where there is none, so its absence is the alarm. */
function isAbsenceAlarming(test: Test): boolean {
  if (test.op === "absent" || (test.op === "floor" && test.test.op === "absent")) return true;
  const compared = comparisonOf(test);
  const isCount = compared?.left.op === "rate" || compared?.left.op === "increase";
  return compared !== undefined && isCount && !compared.comparison.startsWith(">") && test.op !== "floor";
}

const meanings: Readonly<Record<Kind, (one: RuleCase, alert: Alert) => boolean>> = {
  past: ({ fires, troubleFrom, evaluations }) =>
    fires.length > 0 && fires.every(({ from, to }) => from >= troubleFrom && to < evaluations - 1),
  within: ({ fires }) => fires.length === 0,
  limit: ({ fires }, { when }) => {
    const including = [">=", "<=", "=="].includes(comparisonOf(when.test)?.comparison ?? "");
    return fires.length > 0 === including;
  },
  short: ({ fires }) => fires.length === 0,
  // What was lost while all was well may delay a forecast by an evaluation or two; what is lost later must not end it.
  scrapes: ({ fires, troubleFrom, evaluations }) =>
    fires.every(({ from }) => from >= troubleFrom) &&
    fires.some(({ from, to }) => to === evaluations - 1 && to - from >= 5),
  restart: ({ fires, troubleFrom, evaluations }) =>
    fires.every(({ from, to }) => from >= troubleFrom && to === evaluations - 1) && fires.length > 0,
  gone: ({ fires, evaluations }, { when }) =>
    fires.some(({ to }) => to === evaluations - 1) === isAbsenceAlarming(when.test),
  never: ({ fires }, { when }) => fires.length > 0 === isAbsenceAlarming(when.test),
  births: ({ fires }) => fires.length === 0,
  floor: ({ fires }) => fires.length === 0,
  enough: ({ fires }) => fires.length > 0,
  hours: ({ fires }) => fires.length > 0,
  always: ({ fires }) => fires.length === 1 && fires[0]?.from === 0,
};

/** What a declaration means that it should not, whatever the rule says; nothing if all is as it should be. */
export const doubtOf = (one: RuleCase, alert: Alert): string | undefined =>
  meanings[one.kind](one, alert) ? undefined : `by its declaration it doesn't do this: ${kinds[one.kind]}`;
