/** Names that something had before, the oldest first: `formerly: "tickets"`, or `["tickets", "box-office"]`. */
export type Former = string | readonly string[];

/** What a rename can be told of. */
export interface Renamed {
  readonly formerly?: Former;
}
export interface Named extends Renamed {
  readonly name: string;
}

export const formerNames = ({ formerly = [] }: Renamed): readonly string[] =>
  typeof formerly === "string" ? [formerly] : formerly;

/**
 * The first name that something had: what is kept for good where a change of it would lose history, such as a scrape
 * job or a dashboard's uid.
 */
export const keptName = (named: Named): string => formerNames(named)[0] ?? named.name;

/**
 * Every name that one part of another can have had, the oldest first, without the one that it has: `tickets-health`,
 * `shop-health` for what is `shop-alive` now. The two may have been renamed in either order.
 */
export function formerCombinations(
  whole: Named,
  part: Named,
  join: (whole: string, part: string) => string,
): readonly string[] {
  const now = join(whole.name, part.name);
  const all = [...formerNames(whole), whole.name].flatMap((one) =>
    [...formerNames(part), part.name].map((other) => join(one, other)),
  );
  return [...new Set(all)].filter((name) => name !== now);
}
