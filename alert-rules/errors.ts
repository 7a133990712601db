import { above, alert, count, errorMetrics, increase, minutes, pack, panel, rate, sum } from "@watchbill/model";

const { errors, newErrorTypes, errorRate } = errorMetrics;
const newOfLate = increase(newErrorTypes, { over: minutes(5) });
const place = { on: "main", section: "Errors" } as const;

/** Errors that the application notes, by type: where to look when requests fail, and what has never failed before. */
export const notedErrors = () =>
  pack("errors", {
    metrics: errorMetrics,
    alerts: [
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
      panel("errors-a-minute", {
        ...place,
        title: "Errors a minute",
        description: "As the application itself counts them, all instances together.",
        series: [{ legend: "errors", of: sum(errorRate) }],
      }),
    ],
  });
