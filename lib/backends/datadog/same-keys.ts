import type { Diagnostic, Environment } from "@watchbill/model";
import type { DatadogResourceSet, Keyed } from "./resources";

/** Two resources of one kind under one key would be one in Terraform. */
export function sameKeys({ name, place }: Environment, data: DatadogResourceSet): readonly Diagnostic[] {
  return (Object.entries(data) as [string, readonly Keyed[]][]).flatMap(([kind, resources]) => {
    const seen = new Set<string>();
    const twice = new Set(resources.map(({ key }) => key).filter((key) => seen.size === seen.add(key).size));
    return [...twice].map((key): Diagnostic => {
      const words = kind.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
      return {
        code: "datadog-key",
        severity: "error",
        path: `${name}/${key}`,
        at: place,
        message: `two of Datadog's ${words} would have the key "${key}"`,
        hint: "rename one; of an objective's tiers, give each a long window or a time that it lasts of its own",
      };
    });
  });
}
