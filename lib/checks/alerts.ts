import { type Diagnostic, isRecorded, type Selection, type Service, selectionsRead } from "@watchbill/model";
import { checksRead } from "../backends/prometheus/probe-interval";
import { aftermathOf } from "../conventions";
import { type Check, list, mistake } from "./check";

const every = <T>(watch: Parameters<Check>[0], look: (at: Located) => readonly T[]) =>
  watch.services.flatMap((service) =>
    service.watch.flatMap((pack) =>
      pack.alerts.flatMap((alert) => look({ service, alert, path: `${service.name}/${alert.id}` })),
    ),
  );
interface Located {
  readonly service: Parameters<Check>[0]["services"][number];
  readonly alert: Located["service"]["watch"][number]["alerts"][number];
  readonly path: string;
}

/** Alertmanager, PagerDuty and runbooks know an alert by its name, so a service has one of each. */
export const duplicateAlerts: Check = (watch) =>
  watch.services.flatMap((service) => {
    const seen = new Map<string, Located["alert"]["place"]>();
    return service.watch.flatMap((pack) =>
      pack.alerts.flatMap((alert) => {
        const first = seen.get(alert.id);
        seen.set(alert.id, first ?? alert.place);
        if (first === undefined) return [];
        return [
          mistake(
            "duplicate-alert",
            `${service.name}/${alert.id}`,
            alert.place,
            `two alerts have the id ${alert.id}, the first at ${first}`,
            "give one of them another id, or leave out the pack that is listed twice",
          ),
        ];
      }),
    );
  });

const longestName = 40;

/** CamelCase of at most 40 characters, as the field's linters want it; with a word more where something is down. */
export const alertNames: Check = (watch) =>
  every(watch, ({ alert, path }) => {
    const added = alert.down === undefined ? 0 : aftermathOf("").length;
    const longest = longestName - added;
    return /^[A-Z][A-Za-z0-9]*$/.test(alert.id) && alert.id.length <= longest
      ? []
      : [
          mistake(
            "alert-name",
            path,
            alert.place,
            `"${alert.id}" is no alert name`,
            `write it in CamelCase with at most ${longest} letters and digits, such as PaymentFailureRatioHigh`,
          ),
        ];
  });

/** Whoever is called at night needs a page that says what to do. */
export const missingRunbooks: Check = (watch, { runbooks }) =>
  every(watch, ({ alert, path }) =>
    runbooks.has(alert.runbook)
      ? []
      : [
          mistake(
            "missing-runbook",
            path,
            alert.place,
            `${alert.id} has no runbook`,
            `write runbooks/${alert.runbook}.md, or name another page with \`runbook:\``,
          ),
        ],
  );

/** The panel that an alert points at is one of its service's. */
export const unknownPanels: Check = (watch) => {
  const known = new Map(
    watch.services.map((service) => [
      service,
      new Set(service.watch.flatMap(({ panels }) => panels.map(({ id }) => id))),
    ]),
  );
  return every(watch, ({ service, alert, path }) => {
    const panels = known.get(service);
    if (alert.panel === undefined || !panels || panels.has(alert.panel)) return [];
    return [
      mistake(
        "unknown-panel",
        path,
        alert.place,
        `${alert.id} points at the panel "${alert.panel}", which ${service.name} lacks`,
        `name one of ${list([...panels])}`,
      ),
    ];
  });
};

/** A summary is one sentence and the same for all instances; what varies belongs into the description. */
export const summaries: Check = (watch) =>
  every(watch, ({ alert, path }) => {
    const { summary } = alert;
    if (/^[A-Z].*\.$/.test(summary) && !/[{}]/.test(summary)) return [];
    return [
      mistake(
        "alert-summary",
        path,
        alert.place,
        `the summary "${summary}" is not a plain sentence`,
        "begin with a capital, end with a period, and move what varies into the description",
      ),
    ];
  });

/** An alert or an objective of a check that nobody makes stays silent for ever. */
export const unknownChecks: Check = (watch) => {
  const found = (service: Service, id: string, place: Diagnostic["at"], read: readonly Selection[]) => {
    const made = service.checks.map((check) => check.id);
    const lacking = new Set(read.flatMap((of) => checksRead(service, of)).filter((check) => !made.includes(check)));
    return [...lacking].map((check) =>
      mistake(
        "unknown-check",
        `${service.name}/${id}`,
        place,
        `${id} reads the check "${check}", which ${service.name} does not make`,
        `add it to the checks of services/${service.name}.ts, or name one of ${list(made)}`,
      ),
    );
  };
  return [
    ...every(watch, ({ service, alert }) => found(service, alert.id, alert.place, selectionsRead(alert.when.test))),
    ...watch.services.flatMap((service) =>
      service.objectives.flatMap(({ id, place, indicator }) =>
        indicator.kind === "probes" ? found(service, id, place, [indicator.of]) : [],
      ),
    ),
  ];
};

/** An alert on a metric that nobody registers stays silent for ever. */
export const unknownMetrics: Check = (watch) =>
  every(watch, ({ service, alert, path }) => {
    const declared = new Set(Object.values(service.metrics).map(({ name }) => name));
    const lacking = selectionsRead(alert.when.test)
      .filter(({ metric }) => metric.source === "service" && !isRecorded(metric) && !declared.has(metric.name))
      .map(({ metric }) => metric.name);
    return [...new Set(lacking)].map((name) =>
      mistake(
        "unknown-metric",
        path,
        alert.place,
        `${alert.id} reads ${name}, which ${service.name} does not declare`,
        `add it to the metrics of services/${service.name}.ts, or leave the pack out`,
      ),
    );
  });
