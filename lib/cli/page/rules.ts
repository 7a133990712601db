import type { Diagnostic, Environment } from "@watchbill/model";
import { mistake } from "../../checks/check";
import type { CompiledEnvironment } from "../../compile";
import { nearest } from "../../nearest";
import type { Labels } from "../../simulator";

const list = (names: Iterable<string>) => [...new Set(names)].sort().join(", ");

/** The labels of every alert that the environment's Prometheus can send, as far as the declaration knows them. */
function alertsOf({ environment, data }: CompiledEnvironment): readonly Labels[] {
  const groups = Object.values(data.prometheus?.groups ?? {}).flat();
  return groups.flatMap(({ rules }) =>
    rules.flatMap((rule) =>
      "alert" in rule ? [{ ...rule.labels, alertname: rule.alert, environment: environment.name }] : [],
    ),
  );
}

/** Names of the labels that a rule sets otherwise than the words say. */
const contradicted = (rule: Labels, words: Labels) =>
  Object.keys(words).filter((name) => rule[name] !== undefined && rule[name] !== words[name]);

/** A label that no rule of an alert sets so: such an alert never reaches Alertmanager. */
function contradictions(path: string, rules: readonly Labels[], words: Labels): readonly Diagnostic[] {
  const wrong = new Set(rules.flatMap((rule) => contradicted(rule, words)));
  return [...wrong].map((name) => {
    const values = [...new Set(rules.flatMap((rule) => rule[name] ?? []))].sort();
    const set = values.map((value) => `${name}=${value}`).join(" or ");
    const message = `${rules[0]?.alertname} has ${set}, never ${name}=${words[name]}`;
    return mistake("page-label", path, undefined, message, `leave ${name} out, or say ${set}`);
  });
}

/** The alerts of a name, of one service or of all that have it, with labels that only a measurement could tell. */
export function labelsOf(
  compiled: CompiledEnvironment,
  alertname: string,
  { service, ...more }: Labels,
): readonly Labels[] | Diagnostic {
  const { name, services }: Environment = compiled.environment;
  const all = alertsOf(compiled);
  const named = all.filter((labels) => labels.alertname === alertname);
  const path = service === undefined ? name : `${name}/${service}`;
  if (service !== undefined && !services.some((one) => one.name === service)) {
    const known = services.map((one) => one.name);
    const meant = nearest(service, known);
    const hint = meant === undefined ? `name one of ${list(known)}` : `did you mean ${meant}?`;
    return mistake("unknown-service", path, undefined, `${name} has no service "${service}"`, hint);
  }
  const found = named.filter((labels) => service === undefined || labels.service === service);
  const meant = found.filter((labels) => contradicted(labels, more).length === 0);
  const [contradiction] = meant.length === 0 ? contradictions(path, found, more) : [];
  if (contradiction) return contradiction;
  // Two rules of one alert, such as its tiers, are one alert to Alertmanager.
  const distinct = [...new Map(meant.map((labels) => [JSON.stringify(labels), { ...labels, ...more }])).values()];
  if (distinct.length > 0) return distinct;
  const here = all.filter((labels) => service === undefined || labels.service === service);
  const names = here.flatMap((labels) => labels.alertname ?? []);
  const like = nearest(alertname, names);
  const whose = service === undefined ? name : `${name}'s ${service}`;
  const hint =
    named.length > 0
      ? `take a service that has it: ${list(named.flatMap((labels) => labels.service ?? []))}`
      : like === undefined
        ? `name one of ${list(names)}`
        : `did you mean ${like}?`;
  return mistake("unknown-alert", path, undefined, `${whose} has no alert "${alertname}"`, hint);
}
