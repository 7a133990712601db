import { type Severity, severities, severityMeaning } from "@watchbill/model";
import { DateTime } from "luxon";
import { formatDuration } from "../../lapse";
import { type Held, heldWords, type Integration, type Labels } from "../../simulator";
import { type ChannelName, escalates } from "./channels";
import { horizon, type Instead, type Told } from "./told";

/** What is said of one alert, and how. */
interface Question {
  readonly labels: Labels;
  /** When it begins to fire, in milliseconds since 1970. */
  readonly at: number;
  readonly zone: string;
  /** Which of two moments it is. */
  readonly note?: string;
  readonly channel: ChannelName;
}

const and = (words: readonly string[]) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

/** Ours by its priority; anybody else's by what its label says. */
const severityOf = ({ priority, severity }: Labels): Severity | undefined => {
  const byPriority = severities.find((one) => `p${severityMeaning[one].priority}` === priority);
  return byPriority ?? severities.find((one) => one === severity);
};

/** `tickets/HttpErrorRatioHigh (critical)`. */
function nameOf({ labels }: Pick<Question, "labels">): string {
  const { alertname = "", service, objective, severity } = labels;
  const said = [severityOf(labels) ?? severity, objective].filter((one) => one !== undefined);
  return `${service === undefined ? "" : `${service}/`}${alertname}${said.length > 0 ? ` (${said.join(", ")})` : ""}`;
}

const dateFormat = "ccc d LLL yyyy";
const clock = (time: DateTime) => time.toFormat(time.second === 0 ? "HH:mm" : "HH:mm:ss");
const inZone = (at: number, zone: string) => DateTime.fromMillis(at, { zone, locale: "en" });

/** Date, time and zone of the moment that was asked for. */
function momentWords({ at, zone, note }: Pick<Question, "at" | "zone" | "note">): string {
  const time = inZone(at, zone);
  return `${time.toFormat(dateFormat)} ${clock(time)} ${zone}${note === undefined ? "" : ` (${note})`}`;
}

/** Of a time near the one that was asked for: without the date if it is the same. */
function laterWords(at: number, asked: number, zone: string): string {
  const [time, before] = [inZone(at, zone), inZone(asked, zone)];
  if (time.hasSame(before, "day")) return `at ${clock(time)}`;
  return `on ${time.toFormat(time.hasSame(before, "year") ? "ccc d LLL" : dateFormat)} at ${clock(time)}`;
}

const reason = (held: Held) => heldWords(held, (labels) => nameOf({ labels }));

/** `PagerDuty on-call, Slack #alerts and email team@example.com`: who can get somebody out of bed comes first. */
function channelsOf(told: readonly Told[], channel: ChannelName): string {
  const all = told.flatMap(({ receiver, first }) => (first?.integrations ?? []).map((one) => ({ receiver, one })));
  const rank = (one: Integration) => (escalates(one) ? 0 : one.kind === "email" ? 2 : 1);
  const names = all.sort((a, b) => rank(a.one) - rank(b.one)).map(({ receiver, one }) => channel(receiver, one));
  return and([...new Set(names)]);
}

function escalation({ labels, channel }: Question, told: readonly Told[]): string {
  const who = told.flatMap(({ receiver, first }) =>
    (first?.integrations ?? []).filter(escalates).map((one) => channel(receiver, one)),
  );
  if (who.length === 0) return "and nobody further, since none of these escalates";
  const severity = severityOf(labels);
  const meaning = severity && severityMeaning[severity];
  const within = meaning && "escalateAfter" in meaning ? ` within ${formatDuration(meaning.escalateAfter)}` : "";
  return `if nobody acknowledges${within}, whoever is next in the escalation policy of ${and([...new Set(who)])}`;
}

/** Why nobody is told. */
function nobody(question: Question, told: readonly Told[], instead: Instead): string {
  const held = told.flatMap((one) => one.held);
  const silent = told.filter((one) => one.held.length === 0).map(({ receiver }) => `"${receiver}"`);
  if (held.length === 0) return `nobody, since ${and(silent)} ${silent.length === 1 ? "has" : "have"} no channel`;
  const why = [...new Set(held.map(reason))].join(", then ");
  if (!held.some(({ by }) => by === "inhibition"))
    return `nobody within ${formatDuration({ value: horizon / 1000, unit: "seconds" })}: ${why}`;
  const further = instead.sources.slice(1).map((labels) => `, and ${nameOf({ labels })} that one`);
  const others = channelsOf(instead.told, question.channel);
  const heard = others === "" ? "of that nobody is told either" : `of that ${others} are told`;
  return `nobody, since ${why}${further.join("")}; ${heard}`;
}

/** The message that one or several receivers get at one time, and why it is late. */
function message({ at, zone, channel }: Question, told: readonly Told[]): string {
  const [{ first, held } = { held: [] }] = told;
  const when = laterWords(first?.at ?? at, at, zone);
  const why = [...new Set(held.map(reason))].join(", then ");
  return `${channelsOf(told, channel)}${why === "" ? ` ${when}` : `, but not before ${when.replace(/^(at|on) /, "")} (${why})`}`;
}

/**
 * The answer, in one line: who, by which channel, when, escalating to whom; or why nobody.
 *
 * @param instead who is told of what inhibits it
 */
export function say(question: Question, told: readonly Told[], instead: Instead): string {
  const start = `${nameOf(question)}, ${momentWords(question)}:`;
  const heard = told.filter(({ first }) => first);
  if (heard.length === 0) return `${start} ${nobody(question, told, instead)}.`;
  const together = new Map<string, Told[]>();
  for (const one of heard) {
    const key = JSON.stringify([one.first?.at, one.held]);
    together.set(key, [...(together.get(key) ?? []), one]);
  }
  const messages = [...together.values()]
    .sort(([a], [b]) => (a?.first?.at ?? 0) - (b?.first?.at ?? 0))
    .map((each) => message(question, each));
  return `${start} ${messages.join("; ")}; ${escalation(question, heard)}.`;
}
