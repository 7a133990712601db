import {
  type Alert,
  type BurnTier,
  type Channel,
  comparisonOf,
  type Environment,
  isVariable,
  type LastingTier,
  type Objective,
  type Service,
  severities,
  type Tuning,
  windowOf,
} from "@watchbill/model";
import { formatQuantity } from "../format-quantity";
import { list } from "./check";

/** What two environments have otherwise, at a path that can be declared: `tickets/HttpErrorRatioHigh/for`. */
export interface Difference {
  readonly path: string;
  /** A clause: "is critical here, and high in production". */
  readonly message: string;
}

/** An environment with its services as they are once tuned. */
export interface Side {
  readonly environment: Environment;
  readonly services: readonly Service[];
}

/** How two sides are told apart in a sentence. */
interface Compared {
  readonly here: Side;
  readonly there: Side;
}

const otherwise = ({ there }: Compared, path: string, here: string, other: string): readonly Difference[] =>
  here === other ? [] : [{ path, message: `is ${here} here, and ${other} in ${there.environment.name}` }];

/** What one side has and the other lacks, and what differs in what both have. */
function each<T>(
  sides: Compared,
  of: (side: Side) => readonly T[],
  nameOf: (item: T) => string,
  path: (name: string) => string,
  both: (here: T, there: T, path: string) => readonly Difference[] = () => [],
): readonly Difference[] {
  const there = new Map(of(sides.there).map((item) => [nameOf(item), item]));
  const found = of(sides.here).flatMap((item) => {
    const name = nameOf(item);
    const other = there.get(name);
    there.delete(name);
    return other === undefined
      ? [{ path: path(name), message: `is not in ${sides.there.environment.name}` }]
      : both(item, other, path(name));
  });
  const missing = [...there.keys()].map((name) => ({
    path: path(name),
    message: `is missing here, and stands in ${sides.there.environment.name}`,
  }));
  return [...found, ...missing];
}

const tuningOf = ({ environment }: Side, service: Service, alert: Alert): Tuning =>
  environment.tune[service.name]?.[alert.id] ?? {};

/** A limit that is tuned or set by a variable is declared by that. */
function alertDifferences(sides: Compared, service: Service, here: Alert, there: Alert, path: string) {
  const tuned = { ...tuningOf(sides.here, service, here), ...tuningOf(sides.there, service, here) };
  const [limit, other] = [here, there].map(({ when }) => comparisonOf(when.test)?.threshold);
  const says = (quantity: typeof limit) => (quantity ? formatQuantity(quantity) : "none");
  const free = tuned.threshold !== undefined || (limit !== undefined && isVariable(limit));
  const differ = (field: string, one: string, two: string) => otherwise(sides, `${path}/${field}`, one, two);
  return [
    ...(free ? [] : differ("threshold", says(limit), says(other))),
    ...(tuned.for ? [] : differ("for", formatQuantity(here.for), formatQuantity(there.for))),
    ...(tuned.severity ? [] : differ("severity", here.severity, there.severity)),
    ...(tuned.over
      ? []
      : differ("over", formatQuantity(windowOf(here.when.test)), formatQuantity(windowOf(there.when.test)))),
  ];
}

const burning = ({ factor, long, short, pages }: BurnTier) =>
  `${factor} × over ${formatQuantity(long)} with ${formatQuantity(short)} (${pages ? "page" : "ticket"})`;
const lasting = ({ share, lasts, within, window, pages }: LastingTier) =>
  `${formatQuantity(share)} of ${formatQuantity(window)} for ${formatQuantity(lasts)} of ${formatQuantity(within)} (${pages ? "page" : "ticket"})`;

/** What of an objective decides who is called for it when, in words. */
const objectiveFields: Readonly<Record<string, (objective: Objective) => string>> = {
  target: ({ target }) => formatQuantity(target),
  over: ({ over }) => formatQuantity(over),
  floor: ({ floor }) => `${floor} events`,
  tiers: ({ tiers }) => list(tiers.map(burning)),
  lasting: (objective) => list(objective.lasting.map(lasting)),
  alertBelow: ({ alertBelow }) => (alertBelow ? formatQuantity(alertBelow) : "none"),
};

const alertsOf = (service: Service) => service.watch.flatMap(({ alerts }) => alerts);

function serviceDifferences(sides: Compared, here: Service, there: Service, path: string): readonly Difference[] {
  const pair = (of: (service: Service) => readonly { readonly id: string }[], kind: string) =>
    each(
      sides,
      (side) => of(side === sides.here ? here : there),
      ({ id }) => id,
      (id) => `${path}/${kind}${id}`,
    );
  return [
    ...each(
      sides,
      (side) => alertsOf(side === sides.here ? here : there),
      ({ id }) => id,
      (id) => `${path}/${id}`,
      (one, two, at) => alertDifferences(sides, here, one, two, at),
    ),
    ...each(
      sides,
      (side) => (side === sides.here ? here : there).objectives,
      ({ id }) => id,
      (id) => `${path}/objectives/${id}`,
      (one, two, at) =>
        Object.entries(objectiveFields).flatMap(([field, say]) =>
          otherwise(sides, `${at}/${field}`, say(one), say(two)),
        ),
    ),
    ...pair(({ checks }) => checks, "checks/"),
  ];
}

/** Who is called, by kind of channel: another address of the same kind is what environments are for. */
const kindsCalled = ({ channels, notify }: Environment, severity: (typeof severities)[number]) =>
  list(
    [
      ...new Set(notify[severity].map((name) => channels[name]?.kind as Channel["kind"] | undefined)),
    ].sort() as string[],
  );

const names = <T>(items: readonly T[], nameOf: (item: T) => string) => items.map(nameOf);

/** Every difference between two environments that could let one of them miss what the other tells. */
export function differences(here: Side, there: Side): readonly Difference[] {
  const sides: Compared = { here, there };
  const [one, two] = [here.environment, there.environment];
  const plain = (path: string, of: (environment: Environment) => string) => otherwise(sides, path, of(one), of(two));
  return [
    ...each(
      sides,
      ({ services }) => services,
      ({ name }) => name,
      (name) => name,
      (a, b, path) => serviceDifferences(sides, a, b, path),
    ),
    ...each(
      sides,
      ({ environment }) => environment.backends,
      String,
      (name) => `backends/${name}`,
    ),
    ...each(
      sides,
      ({ environment }) => names(environment.dashboards, ({ name }) => name),
      String,
      (name) => `dashboards/${name}`,
    ),
    ...each(
      sides,
      ({ environment }) => Object.keys(environment.calendars),
      String,
      (name) => `calendars/${name}`,
    ),
    ...severities.flatMap((severity) => [
      ...plain(`notify/${severity}`, (environment) => kindsCalled(environment, severity)),
      ...plain(`hours/${severity}`, ({ hours }) => hours[severity]?.name ?? "always"),
    ]),
    ...plain("retention", ({ retention }) => formatQuantity(retention)),
    ...plain("budgetOver", ({ budgetOver }) => (budgetOver ? formatQuantity(budgetOver) : "as long as each objective")),
    ...plain("heartbeat", ({ heartbeat }) => (heartbeat ? "told" : "told nobody")),
    ...plain("scrapeEvery", ({ scrapeEvery }) => formatQuantity(scrapeEvery)),
    ...plain("evaluateEvery", ({ evaluateEvery }) => formatQuantity(evaluateEvery)),
    ...plain("lapse", ({ lapse }) => String(lapse)),
  ];
}
