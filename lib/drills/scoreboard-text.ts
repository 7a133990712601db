import type { Detection } from "./detection";
import { cell, counted } from "./score";
import type { MonthScore, Scoreboard } from "./scoreboard";

/** A Markdown table with its columns aligned, as this project's are. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => [...(row[column] ?? "")].length)));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (row[column] ?? "") + " ".repeat(width - [...(row[column] ?? "")].length)).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body.map(line)].join("\n");
}

const count = (value: number) => Math.round(value).toLocaleString("en");
/** Three digits are all that a few moments of measuring are good for. */
const rough = (value: number) => count(Number(value.toPrecision(3)));
const seconds = (value: number | undefined) => (value === undefined ? "never" : `${count(value)} s`);

const found = ({ page, ticket }: Detection) =>
  page !== undefined ? `**${seconds(page)}**` : ticket !== undefined ? `ticket ${seconds(ticket)}` : "never";

const month = ({ pages, told }: MonthScore) =>
  `${pages === 0 ? "**0 pages**" : counted(pages, "page")}, ${counted(told, "message")}`;

const introduction = `# Scoreboard

Written by \`npm run scoreboard\`; changes made here are lost. The same incidents and the same quiet months, played on the
rules of \`production\` and on the rules that the five products had by hand: with the slips of the pages that they were
copied from, and as these were probably meant ([drills/handwritten/](../drills/handwritten)). A real Prometheus evaluates
each of them each 15 s on the same samples; rules of anybody else's are one word more:
\`npm run scoreboard -- other-rules.yml\`.`;

/** The whole of docs/scoreboard.md. */
export function scoreboardText({ sets, drills, months, detection }: Scoreboard): string {
  const columns = (first: string) => [first, ...sets];
  const total = (of: (index: number) => number) => sets.map((_, index) => count(of(index)));
  const sum = (of: "pages" | "forNothing") =>
    total((index) => drills.reduce((all, { scores }) => all + (scores[index]?.[of] ?? 0), 0));
  const costs = sets.map((_, index) => rough(months[0]?.scores[index]?.samplesADay ?? 0));
  return `${[
    introduction,
    "## Drills",
    `How long from the first failure until somebody is woken (bold) or, where nobody needs to be, told; Alertmanager's own
waiting is in it. One page an incident is useful; all others are for nothing.`,
    markdownTable([
      columns("drill"),
      ...drills.map(({ drill, scores }) => [
        `[${drill.name}](../drills/${drill.name}.ts)`,
        ...scores.map((score) => cell(drill, score)),
      ]),
      ["pages sent", ...sum("pages")],
      ["pages for nothing", ...sum("forNothing")],
    ]),
    "## Quiet months",
    `Thirty days in which nothing is wrong: all services, two deploys a day, each of which fails a third of the requests
for 30 s, crashes of single processes, lost scrapes, a newsletter, a holiday. Every page is one for nothing.`,
    markdownTable([
      columns("at the most"),
      ...months.map(({ peak, scores }) => [`${counted(peak, "request")} a second`, ...scores.map(month)]),
      ["samples touched a day", ...costs],
    ]),
    ...worstOf(sets, months),
    "## Detection",
    `Requests of \`tickets\` fail, at 10 a second against an objective of 99.9 %, after six healthy hours: how long until an
alert fires that wakes somebody, or else one that does not.`,
    markdownTable([columns("failing"), ...detection.map((row) => [`${row.share} %`, ...row.found.map(found)])]),
  ].join("\n\n")}\n`;
}

/** What paged most in the months, where anything did. */
function worstOf(sets: readonly string[], months: Scoreboard["months"]): readonly string[] {
  const lines = months.flatMap(({ peak, scores }) =>
    sets.flatMap((name, index) => {
      const worst = scores[index]?.worst ?? [];
      const more = worst.length > mostShown ? `, and ${worst.length - mostShown} more` : "";
      return worst.length === 0 ? [] : [`- ${name}, ${peak}/s: ${worst.slice(0, mostShown).join(", ")}${more}`];
    }),
  );
  return lines.length === 0 ? [] : ["What pages most:", lines.join("\n")];
}

const mostShown = 3;
