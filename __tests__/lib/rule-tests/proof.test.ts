import type { Environment } from "@watchbill/model";
import { environments } from "../../../environments";
import { prometheus } from "../../../lib/backends/prometheus";
import { tunedServices } from "../../../lib/compile";
import { isAftermath } from "../../../lib/conventions";
import { applicableKinds } from "../../../lib/rule-tests/applicable";
import { doubtOf } from "../../../lib/rule-tests/meaning";
import { dialectHere } from "../../../lib/rule-tests/promtool";
import { type Plan, planProof, prove } from "../../../lib/rule-tests/proof";
import { formatFailure } from "../../../lib/rule-tests/report";

// Every case of every environment is made: seconds each, more where processors are shared. Those of production are tried.
jest.setTimeout(300_000);

/** Made once: a thousand cases take seconds. */
const made = new Map<string, Plan>();
function planOf(environment: Environment, leftOpen = false) {
  const key = `${environment.name} ${leftOpen}`;
  const plan = made.get(key) ?? planProof(environment, tunedServices(environment), { leftOpen });
  made.set(key, plan);
  return plan;
}
const subjectsIn = (environment: Environment, leftOpen?: boolean) => planOf(environment, leftOpen).subjects;
const production = environments.find(({ name }) => name === "production")!;

test("every alert of production does what its declaration says", async () => {
  const plan = planOf(production, (await dialectHere()).leftOpen);
  const { failures, cases } = await prove(plan, 2);
  expect(failures.map(formatFailure)).toEqual([]);
  expect(cases).toBeGreaterThan(plan.alerts * 7);
});

/** No series of whole events gives exactly these values, and nothing but the comparison's equals sign depends on it. */
const excused = new Set(["limit", "enough"]);

const lacking = (environment: Environment) =>
  subjectsIn(environment).flatMap(({ service, alert, cases, uncovered }) =>
    applicableKinds(alert)
      .filter((kind) => !cases.some((one) => one.kind === kind) && !excused.has(kind))
      .map((kind) => `${service.name}/${alert.id} lacks ${kind}: ${uncovered.find((one) => one.kind === kind)?.why}`),
  );

test.each(environments.map((environment) => [environment.name, environment] as const))(
  "every alert of %s has a case of each kind that its declaration calls for",
  (_, environment) => {
    expect(lacking(environment)).toEqual([]);
  },
);

test("at its very limit, or with just enough events, all alerts are tried but a few", () => {
  const subjects = subjectsIn(production);
  const excuses = subjects.flatMap(({ uncovered }) => uncovered);
  expect(excuses.map(({ kind }) => kind).filter((kind) => !excused.has(kind))).toEqual([]);
  expect(excuses.length).toBeLessThan(subjects.length / 4);
});

test("every alert rule is that of an alert with cases, of an objective, or the aftermath of one with cases", () => {
  const services = tunedServices(production);
  const rules = Object.values(prometheus({ environment: production, services }).data.groups)
    .flat()
    .flatMap((group) => group.rules)
    .flatMap((rule) =>
      "alert" in rule && !rule.alert.startsWith("ErrorBudgetBurn") && !isAftermath(rule.labels)
        ? [rule.labels.service, rule.alert].join("/")
        : [],
    );
  const tried = subjectsIn(production).map(({ service, alert }) => `${service.name}/${alert.id}`);
  expect(tried.toSorted()).toEqual(rules.toSorted());
});

test("no declaration means otherwise than its cases are for, in either Prometheus", () => {
  const doubts = [false, true].flatMap((leftOpen) =>
    subjectsIn(production, leftOpen).flatMap(({ service, alert, cases }) =>
      cases.flatMap((one) => {
        const doubt = doubtOf(one, alert);
        return doubt === undefined ? [] : [`${service.name}/${alert.id}/${one.kind}: ${one.sentence}: ${doubt}`];
      }),
    ),
  );
  expect(doubts).toEqual([]);
});
