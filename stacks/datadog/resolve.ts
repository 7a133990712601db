import { type ReferencedKind, resolveReferences } from "../../lib/backends/datadog/reference";
import type { DatadogResourceSet, Keyed } from "../../lib/backends/datadog/resources";

/** Puts Terraform references in the place of the texts' own; to be used on data that is escaped already. */
export type Resolve = <T>(value: T) => T;

type Referenced = Pick<DatadogResourceSet, "monitors" | "objectives" | "dashboards">;

/** References work in any order of declaration, and back and forth: they are names, not constructs. */
export function resolver({ monitors, objectives, dashboards }: Referenced): Resolve {
  const kinds: Record<ReferencedKind, { type: string; keys: ReadonlySet<string> }> = {
    monitor: { type: "datadog_monitor", keys: keysOf(monitors) },
    objective: { type: "datadog_service_level_objective", keys: keysOf(objectives) },
    dashboard: { type: "datadog_dashboard_json", keys: keysOf(dashboards) },
  };
  const inText = (text: string) =>
    resolveReferences(text, (kind, key) => {
      const { type, keys } = kinds[kind];
      if (!keys.has(key)) throw new Error(`No Datadog ${kind} has the key "${key}"`);
      return `\${${type}.${key}.id}`;
    });
  const inAny = (value: unknown): unknown => {
    if (typeof value === "string") return inText(value);
    if (Array.isArray(value)) return value.map(inAny);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inAny(item)]));
  };
  return <T>(value: T) => inAny(value) as T;
}

const keysOf = (resources: readonly Keyed[]) => new Set(resources.map(({ key }) => key));
