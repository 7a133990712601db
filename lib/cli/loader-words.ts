import { type Diagnostic, formatDiagnostic } from "@watchbill/model";
import { incomingFolder } from "../runtime/docker/folders";
import { checkerWords } from "../runtime/processes/mistakes";

/** What loaders said who refused their files, a line each, as the same mistake reads without Docker. */
export function wordsOfLoaders(printed: string): string[] {
  const lines = printed.split("\n").map((line) => line.replace(/^[a-z0-9-]* {2}\s*|^\s*[│╷╵]\s*/, "").trim());
  return lines.flatMap((line, index) => {
    const server = /^([a-z0-9-]+): its files were not loaded/.exec(line)?.[1];
    if (server === undefined) return [];
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((one) => /^Error: (local-exec|Resource)|^\d+ Stacks? |^Invoking Terraform/.test(one));
    const message = checkerWords(unwrapped(rest.slice(0, end === -1 ? undefined : end)).join("\n"), incomingFolder);
    const hint = "mend the declaration; the files in use stay as they were";
    const refused: Diagnostic = { code: "files-refused", severity: "error", path: server, message, hint };
    return [formatDiagnostic(refused)];
  });
}

/** Width at which Terraform breaks lines, less what it puts before them. */
const width = 74;

/** A line that had no room for the next one's first word is what Terraform has broken. */
function unwrapped(lines: readonly string[]): string[] {
  const whole: string[] = [];
  let last = "";
  for (const line of lines) {
    const broken = line !== "" && last !== "" && last.length + 1 + (line.split(" ")[0] ?? "").length >= width;
    if (broken) whole.push(`${whole.pop()} ${line}`);
    else whole.push(line);
    last = line;
  }
  return whole;
}
