import { type Former, formerCombinations, type Named } from "@watchbill/model";

/** What a service has, by its id. */
interface Part {
  readonly id: string;
  readonly formerly?: Former;
}

/**
 * The keys that a resource of a service's part can have had, with the suffix of its own: before renames, and with the
 * suffixes that watchbill itself gave it before. The oldest first.
 */
export function formerKeys(
  service: Named,
  { id, ...renamed }: Part,
  suffix = "",
  formerSuffixes: readonly string[] = [],
): { formerly?: readonly string[] } {
  const now = `${service.name}-${id}`;
  const former = formerCombinations(service, { ...renamed, name: id }, (whole, part) => `${whole}-${part}`);
  const keys = [...former, now]
    .flatMap((name) => [...formerSuffixes, suffix].map((one) => `${name}${one}`))
    .filter((key) => key !== `${now}${suffix}`);
  return keys.length === 0 ? {} : { formerly: keys };
}
