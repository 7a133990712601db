import {
  above,
  alert,
  count,
  errorMetrics,
  increase,
  minutes,
  pack,
  panel,
  type Quantity,
  rate,
  type Severity,
  sum,
} from "@watchbill/model";

const { errors, newErrorTypes, fatalErrors, errorRate } = errorMetrics;
const newOfLate = increase(newErrorTypes, { over: minutes(5) });
const fatalOfLate = increase(fatalErrors, { over: minutes(5) });
const place = { on: "main", section: "Errors" } as const;

/** Errors that the application notes, by type: where to look when requests fail, and what has never failed before. */
export function notedErrors(
  watch: {
    /** Errors after which something could not go on, within five minutes: `{ above: count(0, "errors") }`. */
    readonly fatal?: { readonly above: Quantity<"errors">; readonly severity?: Severity };
  } = {},
) {
  const { fatal } = watch;
  return pack("errors", {
    metrics: errorMetrics,
    alerts: [
      fatal &&
        alert("FatalErrors", {
          when: above(fatalOfLate, fatal.above),
          // One that comes again within minutes is no other call.
          keepFiring: minutes(10),
          severity: fatal.severity ?? "critical",
          summary: "The application met an error that it can't go on from.",
          description: "{value} fatal errors were noted within {window}.",
          panel: "fatal-errors",
        }),
      alert("NewErrorType", {
        when: above(newOfLate, count(0, "types")),
        severity: "info",
        summary: "An error of a new type.",
        description: "{value} types of errors were noted within {window} that had not been there before.",
        panel: "new-error-types",
      }),
    ],
    panels: [
      panel("errors-by-type", {
        ...place,
        title: "Errors noted, by type",
        description: "Errors that the application noted; a line that is new is a new kind of error.",
        series: [{ legend: "{type} ({severity})", of: rate(errors, { by: ["type", "severity"] }) }],
      }),
      panel("new-error-types", {
        ...place,
        title: "New types of errors",
        description: "Types of errors that had not been there before, within five minutes; most come with a release.",
        series: [{ legend: "new", of: newOfLate }],
      }),
      panel("fatal-errors", {
        ...place,
        title: "Fatal errors",
        description: "Errors after which the application, or a part of it, could not go on, within five minutes.",
        series: [{ legend: "fatal", of: fatalOfLate }],
      }),
      panel("errors-a-minute", {
        ...place,
        title: "Errors a minute",
        description: "As the application itself counts them, all instances together.",
        series: [{ legend: "errors", of: sum(errorRate) }],
      }),
    ],
  });
}
