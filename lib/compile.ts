import type { Alert, BackendName, Diagnostic, Environment, Service, Tuning } from "@watchbill/model";
import { adjust } from "@watchbill/model";
import { backends } from "./backends";
import type { Watch } from "./backends/backend";
import { check } from "./checks";
import type { Surroundings } from "./checks/check";
import { settleVariables } from "./checks/variables";
import { merged } from "./deferred";

/** An environment, compiled: what each of its backends makes of it, and everything that is wrong with it. */
export interface CompiledEnvironment {
  readonly environment: Environment;
  readonly services: readonly Service[];
  /** By backend; one that the environment doesn't use is missing. */
  readonly data: Readonly<Partial<{ [B in BackendName]: ReturnType<(typeof backends)[B]>["data"] }>>;
  /** Path below manifests/<environment>/ to content, sorted by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Names of the variables that set something of it. */
  readonly variables: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

function tuneAlert(alert: Alert, tuning: Tuning, calendars: Environment["calendars"]): Alert {
  const { for: held = alert.for, severity = alert.severity, ...change } = tuning;
  const test = adjust(alert.when.test, { ...change, calendars });
  return { ...alert, when: { unit: alert.when.unit, test }, for: held, severity };
}

/** The environment's services, with what it tunes. */
export const tunedServices = ({ services, tune, calendars }: Environment): readonly Service[] =>
  services.map((service) => ({
    ...service,
    watch: service.watch.map((pack) => ({
      ...pack,
      alerts: pack.alerts.map((alert) => tuneAlert(alert, tune[service.name]?.[alert.id] ?? {}, calendars)),
    })),
  }));

/** What a backend is told of: all but the services that say why it does without them. */
export const watchFor = (name: BackendName, { environment, services }: Watch): Watch => ({
  environment,
  services: services.filter(({ except }) => except?.[name] === undefined),
});

/** Compiles one environment. Never throws for a user's mistake: mistakes are among the diagnostics, all of them. */
export function compile(declared: Environment, surroundings: Surroundings): CompiledEnvironment {
  const { environment, variables, diagnostics } = settleVariables(declared, surroundings);
  const watch: Watch = { environment, services: tunedServices(environment) };
  const mistakes = [...diagnostics, ...check(watch, surroundings)];
  // What is inconsistent in itself can't be compiled; the backends' own complaints come once it is mended.
  const compiled = mistakes.some(({ severity }) => severity === "error")
    ? []
    : environment.backends.map((name) => ({ name, ...backends[name](watchFor(name, watch)) }));
  return {
    environment,
    services: watch.services,
    variables,
    data: Object.fromEntries(compiled.map(({ name, data }) => [name, data])),
    files: merged(compiled.map((one) => one.files)),
    diagnostics: [...mistakes, ...compiled.flatMap(({ diagnostics }) => diagnostics)],
  };
}
