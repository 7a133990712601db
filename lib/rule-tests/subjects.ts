import { type Alert, calendarsOf, type Environment, type Service } from "@watchbill/model";
import { prometheus } from "../backends/prometheus";
import { calendarRules, calendarsUsed } from "../backends/prometheus/calendar";
import { type AlertRule, type RuleGroup, ruleFile } from "../backends/prometheus/rule-file";
import type { RuleCase } from "./case";
import { type AlertCases, casesOf } from "./cases";
import { expectedAnnotations, expectedLabels } from "./expected";
import type { Bundle } from "./promtool";
import type { Dialect } from "./reckoning/window-functions";
import { type Expectation, type Trial, testFile } from "./test-file";

/** An alert with its cases and the rule that was made of it. */
export interface Subject extends AlertCases {
  readonly service: Service;
  readonly rule: AlertRule;
}

/** Names a trial for good: `tickets/HttpErrorRatioHigh/past`. */
export const trialName = ({ service, alert }: Pick<Subject, "service" | "alert">, { kind }: RuleCase) =>
  `${service.name}/${alert.id}/${kind}`;

const isAlert = (rule: RuleGroup["rules"][number]): rule is AlertRule => "alert" in rule;

/** Every declared alert of the services, as the environment tunes it, with its cases. */
export function subjectsOf(
  environment: Environment,
  services: readonly Service[],
  dialect: Dialect,
): readonly Subject[] {
  const { groups } = prometheus({ environment, services }).data;
  return services.flatMap((service) => {
    const rules = (groups[service.name] ?? []).flatMap((group) => group.rules).filter(isAlert);
    const alerts: readonly Alert[] = service.watch.flatMap((pack) => pack.alerts);
    return alerts.flatMap((alert) => {
      const rule = rules.find((one) => one.alert === alert.id);
      return rule ? [{ service, rule, ...casesOf(environment, service, alert, dialect) }] : [];
    });
  });
}

/** What a rule of this name shall do in a case. */
const expectation = (
  environment: Environment,
  { service, alert }: Subject,
  { fires }: RuleCase,
  name: string,
): Expectation => ({
  alert: name,
  fires: fires.map((firing) => ({
    ...firing,
    told: expectedLabels(service, alert, firing.labels),
    annotations: expectedAnnotations(environment, service, alert, firing),
  })),
});

/** The tests of an alert, a file for each step and each set of rules that they need. */
export function bundlesOf(
  environment: Environment,
  subject: Subject,
  rules: readonly AlertRule[] = [subject.rule],
): readonly Bundle[] {
  const groups = new Map<string, RuleCase[]>();
  for (const one of subject.cases) {
    const key = `${one.step} ${one.recordsCalendars}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const stem = `${subject.service.name}-${subject.alert.id}`;
  const gates = new Set(calendarsOf(subject.alert.when.test).map(({ name }) => name));
  const calendars = calendarsUsed([subject.service]).filter(({ name }) => gates.has(name));
  return [...groups.values()].map((cases) => {
    const recordings = cases[0]!.recordsCalendars ? calendars.map(calendarRules) : [];
    const alerts = { name: "rules", rules };
    const files = {
      // A file each, since their groups have one name.
      ...Object.fromEntries(recordings.map((group, index) => [`${stem}.calendar-${index}.yml`, ruleFile([group])])),
      // Split here, so that the order of groups is known.
      [`${stem}.rules.yml`]: ruleFile(chunks(alerts)),
    };
    const trials = cases.map(
      (one): Trial => ({
        name: trialName(subject, one),
        step: one.step,
        evaluations: one.evaluations,
        series: one.series,
        expects: rules.map(({ alert }) => expectation(environment, subject, one, alert)),
      }),
    );
    const order = [...new Set([...recordings, ...chunks(alerts)].map(({ name }) => name))];
    return { rules: files, test: testFile(Object.keys(files), order, trials) };
  });
}

/** Groups of twenty rules, as rule files split them. */
const chunks = ({ name, rules }: RuleGroup): readonly RuleGroup[] =>
  Array.from({ length: Math.ceil(rules.length / 20) }, (_, index) => ({
    name: `${name}-${index}`,
    rules: rules.slice(index * 20, (index + 1) * 20),
  }));
