import {
  type Diagnostic,
  type Environment,
  isVariable,
  readVariable,
  type Unreadable,
  unitsOf,
  type Variable,
} from "@watchbill/model";
import { formatQuantity } from "../format-quantity";
import { list, mistake, type Surroundings } from "./check";

/** An environment whose variables have their values, and which variables it has. */
interface Settled {
  readonly environment: Environment;
  readonly variables: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

const isPlain = (value: object) => Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;

/**
 * Everything that has a variable somewhere in it. Only those are noted: a thousand services have millions of values, and
 * next to none of them is a variable.
 */
function holdersIn(declaration: unknown): ReadonlySet<unknown> {
  const holders = new Set<unknown>();
  const look = (value: unknown): boolean => {
    if (typeof value !== "object" || value === null || !isPlain(value)) return false;
    let found = isVariable(value);
    for (const key in value) if (look(value[key as keyof typeof value])) found = true;
    if (found) holders.add(value);
    return found;
  };
  look(declaration);
  return holders;
}

/** The same declaration with each variable's value in the place of its default; what has none stays the very same. */
function settle<T>(declaration: T, amountOf: (variable: Variable) => number): T {
  const holders = holdersIn(declaration);
  const settled = new Map<object, unknown>();
  const walk = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null || !holders.has(value)) return value;
    const copy =
      settled.get(value) ??
      (isVariable(value)
        ? { ...value, value: amountOf(value.variable) }
        : Array.isArray(value)
          ? value.map(walk)
          : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item)])));
    settled.set(value, copy);
    return copy;
  };
  return walk(declaration) as T;
}

const unitNames = ({ default: { unit } }: Variable) => list([...unitsOf(unit).keys()]);
const example = ({ default: usual }: Variable) => formatQuantity(usual).replace(/^([\d.]+) .*/, "$1");

/** What is wrong with a variable's text, and the way out. */
function unreadable(variable: Variable, text: string, wrong: Unreadable, path: string, at: string): Diagnostic {
  const { name, bare, between } = variable;
  const [least, most] = between.map(formatQuantity);
  switch (wrong) {
    case "number":
      return mistake(
        "variable-number",
        path,
        at,
        `${name} is "${text}", which is no number`,
        `write ${example(variable)}`,
      );
    case "unit":
      return mistake(
        "variable-unit",
        path,
        at,
        `${name} is "${text}", and that is no unit of ${variable.default.unit}`,
        `write it in one of ${unitNames(variable)}; without a unit it is read as ${bare}`,
      );
    case "range":
      return mistake(
        "variable-range",
        path,
        at,
        `${name} is "${text}", which is not between ${least} and ${most}`,
        `a number without a unit is read as ${bare}; or change \`between\` at ${variable.place}`,
      );
  }
}

const shape = ({ bare, default: usual, between }: Variable) =>
  [bare, ...[usual, ...between].map(({ value, unit }) => `${value} ${unit}`)].join();

/** Gives an environment's variables their values: the command's, else those of its file, else their defaults. */
export function settleVariables(declared: Environment, { variables, command = {} }: Surroundings): Settled {
  const given = variables?.(declared.name) ?? new Map<string, { text: string; at: string }>();
  const known = new Map<string, Variable>();
  const values = new Map<string, number>();
  const diagnostics: Diagnostic[] = [];

  const read = (variable: Variable): number => {
    const { name, between, default: usual } = variable;
    const path = `${declared.name}/${name}`;
    const override = command[name];
    const source = override === undefined ? given.get(name) : { text: override, at: "the command's environment" };
    if (usual.value < between[0].value || usual.value > between[1].value) {
      const [is, least, most] = [usual, ...between].map(formatQuantity);
      const message = `its default of ${is} is not between ${least} and ${most}`;
      diagnostics.push(mistake("variable-range", path, variable.place, message, "change one or the other"));
    }
    if (!source) return usual.value;
    const value = readVariable(variable, source.text);
    if (typeof value !== "number") {
      diagnostics.push(unreadable(variable, source.text, value, path, source.at));
      return usual.value;
    }
    const kept = given.get(name);
    if (override !== undefined && value !== (kept ? readVariable(variable, kept.text) : usual.value)) {
      diagnostics.push({
        ...mistake(
          "variable-override",
          path,
          source.at,
          `${name} is ${override} for this command alone; manifests/ do not show it`,
          `write it into environments/${declared.name}.env to keep it, or unset it`,
        ),
        severity: "warning",
      });
    }
    return value;
  };

  const environment = settle(declared, (variable) => {
    const { name } = variable;
    const first = known.get(name);
    if (first && shape(first) !== shape(variable)) {
      const message = `${name} is declared in another way at ${first.place}`;
      diagnostics.push(
        mistake("variable-twice", `${declared.name}/${name}`, variable.place, message, "declare it once, and use that"),
      );
    }
    if (!first) {
      known.set(name, variable);
      values.set(name, read(variable));
    }
    return values.get(name) ?? variable.default.value;
  });
  for (const [name, { at }] of given) {
    if (!known.has(name)) diagnostics.push(unread(`${declared.name}/${name}`, at, name, [...known.keys()].sort()));
  }
  return { environment, variables: [...known.keys()].sort(), diagnostics };
}

/** A variable that is set and that nothing reads: misspelt, most likely. */
export const unread = (path: string, at: string, name: string, known: readonly string[]): Diagnostic =>
  mistake(
    "variable-unread",
    path,
    at,
    `${name} is set, and nothing reads it`,
    `name one of ${list(known)}, or remove it`,
  );
