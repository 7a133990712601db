import type { Alert, Diagnostic, Environment, Service } from "@watchbill/model";
import { alertResources } from "./alert";
import { serviceDashboard } from "./dashboard";
import { distributions } from "./distribution";
import { objectiveResources, outrankedBy } from "./objective";
import { accepted, Refusal } from "./refusal";
import type { DatadogResourceSet, SyntheticsTest } from "./resources";
import { syntheticsTests } from "./synthetics";
import { targetMonitors } from "./target";

type Mistake = Pick<Diagnostic, "code" | "message" | "hint">;

const inexpressible = ({ what, instead }: Refusal): Mistake => ({
  code: "datadog-inexpressible",
  message: `Datadog can't express ${what}`,
  hint: instead,
});

/** What is wrong with an alert: it can't be said and nobody says that it needn't, or the other way round. */
function mistakeOf(alert: Alert, result: unknown): Mistake | undefined {
  const reason = alert.except?.datadog;
  if (result instanceof Refusal) {
    const { hint, ...mistake } = inexpressible(result);
    return reason === undefined
      ? { ...mistake, hint: `${hint}, or let Datadog do without it: except: { datadog: "why" }` }
      : undefined;
  }
  return reason === undefined ? undefined : stale(alert);
}

const stale = ({ id, except }: Pick<Alert, "id" | "except">): Mistake => ({
  code: "stale-exception",
  message: `${id} is kept from Datadog ("${except?.datadog}"), which can express it`,
  hint: "remove its exception",
});

/** Everything that Datadog is given for one service, and what of it can't be said there. */
export function serviceResources(
  environment: Environment,
  service: Service,
): { readonly data: DatadogResourceSet; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const complain = (mistake: Mistake, id: string, at: Diagnostic["at"], severity: Diagnostic["severity"] = "error") =>
    diagnostics.push({ ...mistake, severity, path: `${environment.name}/${service.name}/${id}`, ...(at && { at }) });

  const objectives = service.objectives.flatMap((objective) => {
    const result = objectiveResources(environment, service, objective);
    if (accepted(result)) return [{ ...result, outranks: outrankedBy(environment, service, objective) }];
    complain(inexpressible(result), objective.id, objective.place);
    return [];
  });
  const waking = new Map(objectives.flatMap(({ outranks }) => outranks));

  const carriers = new Map<string, Alert>();
  const certificates = new Map<string, readonly Alert[]>();
  const alerts = service.watch
    .flatMap((pack) => pack.alerts)
    .flatMap((alert) => {
      const found = alertResources(environment, service, alert, waking.get(alert.id));
      const first = accepted(found) ? found.checks?.map((check) => carriers.get(check)).find(Boolean) : undefined;
      const result = first ? secondOn(first) : found;
      const mistake = mistakeOf(alert, result);
      if (mistake) complain(mistake, alert.id, alert.place);
      if (!accepted(result) || alert.except?.datadog !== undefined) return [];
      for (const check of result.checks ?? []) carriers.set(check, alert);
      const { certificateOf } = result;
      if (certificateOf !== undefined)
        certificates.set(certificateOf, [...(certificates.get(certificateOf) ?? []), alert]);
      return [result];
    });

  const syntheticsOf = service.checks.flatMap((check): readonly SyntheticsTest[] => {
    const result = syntheticsTests(environment, service, check, carriers.get(check.id), certificates.get(check.id));
    if (accepted(result)) return result;
    complain(inexpressible(result), check.id, check.place);
    return [];
  });

  const dashboards = environment.dashboards.flatMap((declared) => {
    const { dashboard, undrawn } = serviceDashboard(environment, service, declared);
    // The dashboard is whole without it, and an alert that reads the same complains for itself.
    for (const { panel, refusal } of undrawn) {
      if (refusal) complain(inexpressible(refusal), panel.id, panel.place, "warning");
      else complain(stale(panel), panel.id, panel.place);
    }
    return dashboard ? [dashboard] : [];
  });

  const data = {
    monitors: [
      ...[...alerts, ...objectives].flatMap(({ monitors }) => monitors),
      ...targetMonitors(environment, service),
    ],
    downtimes: alerts.flatMap(({ downtimes }) => downtimes),
    dashboards,
    syntheticsTests: syntheticsOf,
    objectives: objectives.flatMap((one) => one.objectives),
    distributions: distributions([service]),
  };
  return { data, diagnostics };
}

const secondOn = (first: Alert) =>
  new Refusal(`two alerts on one check, whose test tells ${first.id} already`, "declare another check for it");
