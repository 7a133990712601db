import { type Former, formerCombinations, type Named } from "@watchbill/model";

/** What a service has, by its id. */
interface Part {
  readonly id: string;
  readonly formerly?: Former;
}

/** The keys that a resource of a service's part can have had before renames, with the suffix of its own. */
export function formerKeys(service: Named, { id, ...renamed }: Part, suffix = ""): { formerly?: readonly string[] } {
  const keys = formerCombinations(service, { ...renamed, name: id }, (whole, part) => `${whole}-${part}${suffix}`);
  return keys.length === 0 ? {} : { formerly: keys };
}
