import { type Diagnostic, type Former, formerNames, type Place } from "@watchbill/model";
import { type Check, list, mistake } from "./check";

interface Item {
  readonly name: string;
  readonly formerly?: Former;
  readonly place: Place;
}

/** A former name is nobody's today, and only one thing's: what it stood for has one place to go. */
function mistaken(path: string, what: string, items: readonly Item[]): readonly Diagnostic[] {
  const today = new Set(items.map(({ name }) => name));
  const claimed = new Map<string, string>();
  return items.flatMap((item) =>
    formerNames(item).flatMap((former) => {
      const at = `${path}${item.name}/formerly`;
      const first = claimed.get(former);
      claimed.set(former, first ?? item.name);
      if (today.has(former)) {
        const message = `${item.name} was "${former}", and there is ${what} "${former}" still`;
        return [
          mistake(
            "formerly-exists",
            at,
            item.place,
            message,
            "remove it from `formerly`, or give the other another name",
          ),
        ];
      }
      if (first === undefined) return [];
      const twice = first === item.name ? `"${former}" is named twice` : `"${former}" became ${first} already`;
      return [mistake("formerly-twice", at, item.place, twice, "name it once, where its history shall go")];
    }),
  );
}

const named = <T extends { readonly id: string; readonly formerly?: Former; readonly place: Place }>(
  of: readonly T[],
) => of.map(({ id, formerly, place }) => ({ name: id, place, ...(formerly !== undefined && { formerly }) }));

/** Renames that say what they mean, of everything that can be renamed. */
const all: Check = ({ environment, services }) => [
  ...mistaken("", "a service", services),
  ...mistaken("dashboards/", "a dashboard", environment.dashboards),
  ...services.flatMap((service) => [
    ...mistaken(`${service.name}/`, "an alert", named(service.watch.flatMap(({ alerts }) => alerts))),
    ...mistaken(`${service.name}/`, "a panel", named(service.watch.flatMap(({ panels }) => panels))),
    ...mistaken(`${service.name}/`, "an objective", named(service.objectives)),
    ...mistaken(`${service.name}/`, "a check", named(service.checks)),
  ]),
];

/** Terraform's addresses are made of these, as names are. */
const wellFormed: Check = ({ services, environment }) =>
  [...services, ...environment.dashboards].flatMap((item) => {
    const odd = formerNames(item).filter((name) => !/^[A-Za-z][\w-]*$/.test(name));
    if (odd.length === 0) return [];
    const path = `${item.name}/formerly`;
    return [mistake("formerly-name", path, item.place, `${list(odd)} can't have been its name`, "write it as it was")];
  });

export const renames: Check = (watch, surroundings) => [
  ...all(watch, surroundings),
  ...wellFormed(watch, surroundings),
];
