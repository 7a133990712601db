import { atMost, counter, gauge } from "../metric";

/** Errors that an application notes, whether or not a request failed by them. */
export const errorMetrics = {
  errors: counter("errors_total", {
    counts: "errors",
    help: "Errors noted, by type and severity.",
    labels: { type: atMost(50), severity: ["low", "medium", "high", "critical"] },
  }),
  newErrorTypes: counter("error_types_new_total", {
    counts: "types",
    help: "Types of errors noted that had not been noted before, as far as the application remembers.",
  }),
  /**
   * Without labels, as the last one: a series of `errors_total` begins at 1 with the first error of its type, and what is
   * fatal is mostly the first.
   */
  fatalErrors: counter("fatal_errors_total", {
    counts: "errors",
    help: "Errors after which the application, or a part of it, could not go on.",
  }),
  /** For people who read the exposition itself; alerts and panels on rates take the counter. */
  errorRate: gauge("error_rate", {
    unit: "errors/minute",
    help: "Errors in the last minute, as the application counts.",
  }),
};
