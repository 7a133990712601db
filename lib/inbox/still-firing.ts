import type { Message } from "./message";

/** Something that fired and was not resolved since. */
interface Trouble {
  readonly title: string;
  /** When somebody was first told: ISO 8601. */
  readonly since: string;
}

/** What people were told of and not told the end of, each trouble once however many were told, oldest first. */
export function stillFiring(messages: readonly Message[]): readonly Trouble[] {
  const open = new Map<string, Trouble>();
  for (const { channel, to, key, title, status, refused, at } of messages) {
    const told = JSON.stringify([channel, to, key ?? title]);
    if (refused !== undefined) continue;
    if (status === "resolved") open.delete(told);
    if (status === "firing") open.set(told, { title, since: open.get(told)?.since ?? at });
  }
  const byTitle = new Map<string, Trouble>();
  for (const trouble of open.values()) {
    const known = byTitle.get(trouble.title);
    if (known === undefined || trouble.since < known.since) byTitle.set(trouble.title, trouble);
  }
  return [...byTitle.values()].sort((a, b) => a.since.localeCompare(b.since));
}
