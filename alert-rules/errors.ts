import { errorMetrics, pack, panel, rate, sum } from "@watchbill/model";

const { errors, errorRate } = errorMetrics;

/** Errors that the application notes, by type: where to look when requests fail. */
export const notedErrors = () =>
  pack("errors", {
    metrics: errorMetrics,
    panels: [
      panel("errors-by-type", {
        title: "Errors noted, by type",
        description: "Errors that the application noted; a line that is new is a new kind of error.",
        on: "main",
        section: "Errors",
        series: [{ legend: "{type} ({severity})", of: rate(errors, { by: ["type", "severity"] }) }],
      }),
      panel("errors-a-minute", {
        title: "Errors a minute",
        description: "As the application itself counts them, all instances together.",
        on: "main",
        section: "Errors",
        series: [{ legend: "errors", of: sum(errorRate) }],
      }),
    ],
  });
