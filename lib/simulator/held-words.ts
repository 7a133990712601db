import type { Labels } from "./labels";
import type { Held } from "./notification";

const and = (words: readonly string[]) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

/** Why an alert is held back: `DatabaseDown inhibits it`, `outside business-hours`. */
export function heldWords(held: Held, nameOf = ({ alertname = "" }: Labels) => alertname): string {
  switch (held.by) {
    case "inhibition":
      return `${nameOf(held.source)} inhibits it`;
    case "active time interval":
      return `outside ${and(held.names)}`;
    case "mute time interval":
      return `muted by ${and(held.names)}`;
    case "silence":
      return "silenced";
  }
}
