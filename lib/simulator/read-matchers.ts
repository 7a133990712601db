import type { Node } from "yaml";
import { type Matcher, type MatchOperator, matcher } from "./matcher";
import { parseMatchers } from "./parse-matchers";
import type { Reading } from "./reading";

interface Written {
  /** A list of texts, each of one matcher or several. */
  readonly list: Node | undefined;
  /** The older forms: a mapping of labels to values, and one to regular expressions. */
  readonly equal: Node | undefined;
  readonly regExp: Node | undefined;
}

const wrong = (path: string) => (message: string) => ({
  code: "alertmanager-matcher",
  path,
  message,
  hint: 'write it like severity="critical" or service=~"shop|tickets", with a regular expression of Go\'s',
});

/** Matchers in every form that Alertmanager knows. */
export function readMatchers(reading: Reading, path: string, { list, equal, regExp }: Written): readonly Matcher[] {
  const mapped = (node: Node | undefined, operator: MatchOperator, as = (text: string) => text) =>
    reading.entries(node, path).flatMap(([name, key, value]) => {
      const text = reading.text(value, path) ?? "";
      // A regular expression has to be there; of what is equal, nothing is the empty text.
      if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) || (operator === "=~" && value === undefined)) {
        reading.mistake(
          key,
          wrong(path)(value === undefined ? `"${name}" has no value` : `"${name}" is no label name`),
        );
        return [];
      }
      const read = reading.parsed(key, () => matcher(name, operator, as(text)), wrong(path));
      return read ? [read] : [];
    });
  return [
    ...mapped(equal, "="),
    // Alertmanager anchors these twice, which shows in the groups' keys.
    ...mapped(regExp, "=~", (text) => `^(?:${text})$`),
    ...reading.list(list, path).flatMap((item) => {
      const text = reading.text(item, path);
      if (text === undefined) return [];
      return reading.parsed(item, () => parseMatchers(text), wrong(path)) ?? [];
    }),
  ];
}
