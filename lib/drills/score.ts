import type { Drill, Service } from "@watchbill/model";
import { clock } from "./clock";
import { pages, type Told, told } from "./pages";
import type { Played } from "./play";
import type { RuleSet } from "./rule-set";
import { watches } from "./watchers";

/** How one rule set did in one drill. Times are in ms since the drill began. */
export interface Score {
  /** When somebody was first woken, and when somebody was first told; missing: never. */
  readonly woken?: number;
  readonly told?: number;
  readonly pages: number;
  /** Pages before anything happened, after the first one, or in a drill that wants none. */
  readonly forNothing: number;
}

/** Whether a message is about what the drill does: about a service that it touches, or about the watching of it. */
function concerns({ happens }: Drill, services: readonly Service[], { alerts }: Told): boolean {
  const touched = new Set(happens.map(({ service }) => service.name));
  for (const { name } of services.filter(watches)) touched.add(name);
  return alerts.some(({ labels }) => labels.service === undefined || touched.has(labels.service));
}

/** Scores what came of a drill by one measure for everybody: the first page of one that wants a page is useful, no other. */
export function scoreOf(played: Played, set: RuleSet, services: readonly Service[]): Score {
  const { drill, begins, notifications } = played;
  const after = (one: Told) => one.at >= begins && concerns(drill, services, one);
  // Whoever is woken for what should wake nobody has not been told of it: that is the noise of something else.
  const isMessage = (one: Told) => drill.pages.length > 0 || !set.wakes(one.receiver);
  const [firstTold] = told(notifications, set).filter((one) => after(one) && isMessage(one));
  const all = pages(notifications, set);
  const [firstPage] = all.filter(after);
  const useful = firstPage && drill.pages.length > 0 ? 1 : 0;
  return {
    ...(firstPage && { woken: firstPage.at - begins }),
    ...(firstTold && { told: firstTold.at - begins }),
    pages: all.length,
    forNothing: all.length - useful,
  };
}

/** `1 page`, `1,200 pages`. */
export const counted = (many: number, what: string) => `${many.toLocaleString("en")} ${what}${many === 1 ? "" : "s"}`;

/** A score as a cell: what matters in this drill first. */
export function cell(drill: Pick<Drill, "pages" | "tells">, score: Score): string {
  const { woken, told, pages, forNothing } = score;
  const noise = forNothing > 0 ? [`${counted(forNothing, "page")} for nothing`] : [];
  if (drill.pages.length > 0) {
    const when =
      woken !== undefined ? `**${clock(woken)}**` : told !== undefined ? `told ${clock(told)}, no page` : "never";
    return [when, ...noise].join(", ");
  }
  const [wanted] = drill.tells;
  if (wanted) {
    const tooSoon = told !== undefined && told < wanted.notBefore.value * 1000;
    const when = told === undefined ? "never" : `${clock(told)}${tooSoon ? ", too soon" : ""}`;
    return [when, ...noise].join(", ");
  }
  return pages === 0 ? "quiet" : noise.join("");
}
