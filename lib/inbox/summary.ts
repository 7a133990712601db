import { heartbeats } from "./heartbeats";
import type { Message } from "./message";
import { stillFiring } from "./still-firing";
import { clock } from "./times";

/** One line on how things stand. */
interface Standing {
  readonly text: string;
  readonly tone: "bad" | "good" | "warning" | "quiet";
}

/** How things stand, the worst first; nothing at all while nothing has arrived. */
export function summary(messages: readonly Message[], now: Date, timeZone?: string): readonly Standing[] {
  const firing = stillFiring(messages);
  const refused = messages.filter((message) => message.refused !== undefined).length;
  const over = firing.length === 0 && messages.some(({ status }) => status === "resolved");
  return [
    ...firing.map(({ title, since }): Standing => {
      const what = title.replace(/\.$/, "");
      return { text: `Firing now: ${what}, since ${clock(new Date(since), now, timeZone)}`, tone: "bad" };
    }),
    ...(over ? [{ text: "Nothing is firing: all of it is resolved.", tone: "good" } as const] : []),
    ...(refused > 0 ? [{ text: `Refused, so that nobody was told: ${refused}`, tone: "warning" } as const] : []),
    ...heartbeats(messages, now, timeZone).map(({ line, silent }): Standing => {
      return { text: line, tone: silent ? "bad" : "quiet" };
    }),
  ];
}
