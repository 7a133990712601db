import { BadSyntax } from "./bad-syntax";
import { classicMatchers } from "./classic-matchers";
import { type Matcher, matchersText } from "./matcher";
import { utf8Matchers } from "./utf8-matchers";

const attempt = (parse: (text: string) => readonly Matcher[], text: string): readonly Matcher[] | BadSyntax => {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof BadSyntax) return error;
    throw error;
  }
};

/**
 * One or several matchers as alertmanager.yml and amtool have them: `a="b"`, `{a="b", c=~"d|e"}`. Alertmanager reads
 * them in both syntaxes and takes the classic meaning where they differ, as long as it isn't told otherwise
 * (`--enable-feature=utf8-strict-mode`).
 *
 * @throws BadSyntax for what neither knows
 */
export function parseMatchers(text: string): readonly Matcher[] {
  const modern = attempt(utf8Matchers, text);
  const classic = attempt(classicMatchers, text);
  if (modern instanceof BadSyntax && classic instanceof BadSyntax) throw classic;
  if (classic instanceof BadSyntax) return modern as readonly Matcher[];
  if (modern instanceof BadSyntax) return classic;
  return matchersText(modern) === matchersText(classic) ? modern : classic;
}
