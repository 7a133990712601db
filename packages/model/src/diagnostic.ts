import type { Place } from "./place";

/**
 * One mistake (or doubt) of the user's, with its place and the way out. Mistakes are gathered, all printed, and nothing
 * is written as long as one of severity `error` is among them.
 */
export interface Diagnostic {
  /** Stable and searchable: `metric-name`, `unknown-channel`. */
  readonly code: string;
  readonly severity: "error" | "warning";
  /** Path of what is meant: `production/tickets/HttpErrorRatioHigh`. */
  readonly path: string;
  /** File and line of the declaration, where there is one. */
  readonly at?: Place | string;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** The way out, in one sentence. */
  readonly hint: string;
}

/** One line: `error metric-name services/tickets.ts:9 [tickets/orders]: … → …`. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const at = diagnostic.at === undefined ? "" : ` ${diagnostic.at}`;
  return `${diagnostic.severity} ${diagnostic.code}${at} [${diagnostic.path}]: ${diagnostic.message} → ${diagnostic.hint}`;
}

/** Thrown once, when all mistakes have been gathered; its message is all of them, a line each. */
export class DiagnosticsError extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super([...new Set(diagnostics.map(formatDiagnostic))].join("\n"));
    this.name = "DiagnosticsError";
  }
}

/** Throws a `DiagnosticsError` if a mistake is among the diagnostics. */
export function refuseErrors(diagnostics: readonly Diagnostic[]): void {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  if (errors.length > 0) throw new DiagnosticsError(errors);
}
