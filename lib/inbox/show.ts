import { type Call, callsOf, wordsOf } from "./calls";
import type { Message } from "./message";
import { summary } from "./summary";
import { ago, clock } from "./times";
import { bodyOf, emptyInbox, severityOf, stateOf, whoOf } from "./wording";
import { printable, wrap } from "./wrap";

interface ShowOptions {
  readonly now: Date;
  /** Colours and bold letters, for a terminal. */
  readonly color: boolean;
  /** IANA zone of the times shown; default the machine's own. */
  readonly timeZone?: string;
}

const width = 100;
const margin = "  ";
const whenWidth = 12;
const stateWidth = 8;
const mostWhoWidth = 24;
/** Lines of a message's text; the whole of it is on the inbox's page. */
const mostTextLines = 5;

type Style = "bold" | "dim" | "red" | "green" | "yellow";
const codes: Record<Style, number> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 };
const stateStyle = { FIRING: "red", REFUSED: "yellow", resolved: "green", notice: "dim" } as const;

/** One line of a column, before it is padded. */
interface Cell {
  readonly text: string;
  readonly style?: Style;
}
const toneStyle = { bad: "red", good: "green", warning: "yellow", quiet: "dim" } as const;
const plain = (text: string): Cell => ({ text });
const dim = (text: string): Cell => ({ text, style: "dim" });
const bold = (text: string): Cell => ({ text, style: "bold" });

/** Who was called, when and about what: a table for the terminal, 100 columns wide, the newest last. */
export function formatInbox(messages: readonly Message[], options: ShowOptions): string {
  const calls = callsOf(messages);
  const longest = Math.max(3, ...calls.flatMap((call) => call.messages.map((message) => whoOf(message).length)));
  const whoWidth = Math.min(mostWhoWidth, longest);
  const widths = [whenWidth, whoWidth, stateWidth];
  const aboutWidth = width - widths.reduce((sum, each) => sum + each + margin.length, margin.length);
  const paint = ({ text, style }: Cell) => (options.color && style ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);

  const row = (columns: readonly (readonly Cell[])[]): string[] =>
    Array.from({ length: Math.max(...columns.map(({ length }) => length)) }, (_, line) => {
      const cells = columns.map((column, index) => {
        const cell = column[line] ?? plain("");
        return paint(cell) + " ".repeat(Math.max(0, (widths[index] ?? 0) - cell.text.length));
      });
      return (margin + cells.join(margin)).trimEnd();
    });
  const heading = row([[dim("WHEN")], [dim("WHO")], [dim("STATE")], [dim("ABOUT WHAT")]]);
  const rows = calls.flatMap((call) => ["", ...row(columnsOf(call, options, whoWidth, aboutWidth))]);
  const end = summary(messages, options.now, options.timeZone).flatMap(({ text, tone }) =>
    wrap(text, width - margin.length).map((line) => margin + paint({ text: line, style: toneStyle[tone] })),
  );
  return [...(calls.length === 0 ? [margin + emptyInbox] : [...heading, ...rows]), "", ...end].join("\n").trimEnd();
}

function columnsOf(call: Call, { now, timeZone }: ShowOptions, whoWidth: number, aboutWidth: number): Cell[][] {
  const [first] = call.messages;
  const words = wordsOf(call);
  const at = new Date(first.at);
  const state = stateOf(first);
  const severity = severityOf(call);
  const body = bodyOf(words);
  const text = body === "" ? [] : wrap(body, aboutWidth);
  const links = (words.links ?? []).map((link) => `${printable(link.text)}: ${printable(link.url)}`);
  return [
    [plain(clock(at, now, timeZone)), dim(ago(at, now))],
    call.messages.flatMap((message) => wrap(whoOf(message), whoWidth).map(plain)),
    [{ text: state, style: stateStyle[state] }, ...(severity ? [dim(printable(severity).slice(0, stateWidth))] : [])],
    [
      ...wrap(call.title, aboutWidth).map(bold),
      ...(text.length > mostTextLines ? [...text.slice(0, mostTextLines - 1), "…"] : text).map(plain),
      // A broken address can't be opened, so one that is too long stays on the page.
      ...links.filter(({ length }) => length <= aboutWidth).map(dim),
    ],
  ];
}
