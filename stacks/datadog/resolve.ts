import { resolveReferences } from "../../lib/backends/datadog/reference";
import type { DatadogResourceSet } from "../../lib/backends/datadog/resources";

/** Puts Terraform references in the place of the text's own; to be used on text that is escaped already. */
export type Resolve = (text: string) => string;

const types = { monitor: "datadog_monitor", objective: "datadog_service_level_objective" } as const;

/** References work in any order of declaration, and back and forth: they are names, not constructs. */
export function resolver({ monitors, objectives }: Pick<DatadogResourceSet, "monitors" | "objectives">): Resolve {
  const keys = { monitor: keysOf(monitors), objective: keysOf(objectives) };
  return (text) =>
    resolveReferences(text, (kind, key) => {
      if (!keys[kind].has(key)) throw new Error(`No Datadog ${kind} has the key "${key}"`);
      return `\${${types[kind]}.${key}.id}`;
    });
}

const keysOf = (resources: readonly { readonly key: string }[]) => new Set(resources.map(({ key }) => key));
