/** Kinds that another resource may refer to before Datadog has given them an id. */
export type ReferencedKind = "objective" | "monitor" | "dashboard";

const REFERENCE = /\{(objective|monitor|dashboard):([A-Za-z][A-Za-z0-9_-]*)\}/g;

/**
 * Stands in a query or a dashboard for an id that only Datadog knows: `burn_rate("{objective:tickets-availability}")`.
 * The stack puts the Terraform reference in its place.
 */
export function referenceTo(kind: ReferencedKind, key: string): string {
  return `{${kind}:${key}}`;
}

/** The text with `resolve`'s answer in place of each reference. */
export function resolveReferences(text: string, resolve: (kind: ReferencedKind, key: string) => string): string {
  return text.replace(REFERENCE, (_, kind: ReferencedKind, key: string) => resolve(kind, key));
}
