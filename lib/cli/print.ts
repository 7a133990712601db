import { styleText } from "node:util";
import { type Diagnostic, formatDiagnostic } from "@watchbill/model";

type Style = Parameters<typeof styleText>[0];

/** Whether a person sees the output as it comes, in colour. */
export const isTerminal = () => process.stdout.isTTY === true && process.env.CI === undefined;
const hasColour = () => isTerminal() && !process.env.NO_COLOR;

export const paint = (style: Style, text: string) => (hasColour() ? styleText(style, text) : text);

/** Rows with their columns aligned; the last column is not padded. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!))).join("  "),
    )
    .join("\n");
}

/** Mistakes, a line each, to stderr. */
export function printMistakes(mistakes: readonly Diagnostic[]): void {
  for (const line of new Set(mistakes.map(formatDiagnostic))) console.error(line);
}

export const secondsSince = (start: number) => `${((Date.now() - start) / 1000).toFixed(1)} s`;

/** How the work of a step speaks while it is under way. */
interface Voice {
  /** For whoever watches a terminal; overwritten by what comes next. */
  readonly note: (words: string) => void;
  /** For logs too. */
  readonly say: (words: string) => void;
}

/** The steps of a longer command: each is a line that says how it went and how long it took. */
export class Steps {
  /** Does the work of one step. What it returns says how the line ends. */
  async run<T extends Outcome>(doing: string, work: (voice: Voice) => Promise<T>): Promise<T> {
    const start = Date.now();
    const note = (words: string) => {
      if (isTerminal()) process.stdout.write(`\r\x1b[2K  ${paint("dim", `… ${words}`)}`);
    };
    const say = (words: string) => (isTerminal() ? note(words) : console.log(`  … ${words}`));
    note(doing);
    const clear = () => isTerminal() && process.stdout.write("\r\x1b[2K");
    try {
      const outcome = await work({ note, say });
      clear();
      const mark = outcome.ok ? paint("green", "✔") : paint("red", "✘");
      console.log(`  ${mark} ${outcome.said ?? doing} ${paint("dim", `(${secondsSince(start)})`)}`);
      return outcome;
    } catch (error) {
      clear();
      throw error;
    }
  }
}

export interface Outcome {
  readonly ok: boolean;
  /** How the step went, in place of what it was doing. */
  readonly said?: string;
}
