/** What a server said last, in a line. A program that refuses an argument prints its mistake first and then its manual. */
export function lastWordsOf(log: string): string {
  const lines = log
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const mistakes = lines.filter((line) => /^(error|fatal|panic)\b|level=error|\berr=|Error: /i.test(line));
  return [...new Set(mistakes.length > 0 ? mistakes : lines)].slice(-2).join("; ");
}
