import { stripVTControlCharacters } from "node:util";

/** Resources that an apply or a destroy touched. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

/** What Terraform says it did in the end; undefined when it did not get that far. */
export function changesIn(printed: string): Changes | undefined {
  const apply = /Apply complete! Resources: (\d+) added, (\d+) changed, (\d+) destroyed/.exec(printed);
  if (apply) return { added: Number(apply[1]), changed: Number(apply[2]), destroyed: Number(apply[3]) };
  const destroy = /Destroy complete! Resources: (\d+) destroyed/.exec(printed);
  return destroy ? { added: 0, changed: 0, destroyed: Number(destroy[1]) } : undefined;
}

/**
 * The lines of a failed run that a user needs: our own mistakes where there are any, else what Terraform or CDKTF calls
 * an error, else the end of what was printed.
 */
export function wordsOfFailure(printed: string): string[] {
  const lines = stripVTControlCharacters(printed).split("\n").map(withoutPrefix);
  const own = lines.flatMap((line) => /(?:^|\): )(error [a-z-]+ .*→ .*)$/.exec(line)?.[1] ?? []);
  if (own.length > 0) return unique(own);
  const errors = lines.flatMap((line, index) => (/^Error: /.test(line) ? [block(lines.slice(index))] : []));
  const telling = errors.filter((error) => !/^Error: terraform \w+ failed with exit code/.test(error));
  if (errors.length > 0) return unique(telling.length > 0 ? telling : errors);
  return lines.filter((line) => line !== "").slice(-10);
}

/** cdktf puts the stack's name, Terraform a frame, before each line. */
const withoutPrefix = (line: string) => line.replace(/^(?:[a-z0-9-]+ {2})?\s*[│╷╵|]?\s*/, "").trimEnd();

/** An error goes on over blank lines, up to the next one or to the end of its frame; its gist is its first sentences. */
function block(lines: readonly string[]): string {
  const end = lines.findIndex((line, index) => index > 0 && (/^Error: /.test(line) || /^\d+ Stacks? /.test(line)));
  const words = lines.slice(0, end === -1 ? 12 : Math.min(end, 12)).filter((line) => line !== "");
  return words.join(" ").replace(/\s+/g, " ");
}

const unique = (lines: readonly string[]) => [...new Set(lines)];
