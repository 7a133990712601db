import { stringify } from "yaml";

const header = "# Written by `npm run manifests` from the declarations; changes made here are lost.\n";

/** YAML without line folding: an expression stays on one line, so that a diff shows just what changed. */
export const toYaml = (value: unknown) => `${header}${write(value, "\n").replace(/^\n/, "")}\n`;

/**
 * Plain data in the form that the library gives it, in a twentieth of its time. Collections and plain words, which is
 * next to all there is, are written here; any text that needs more thought (quotes, several lines) is the library's.
 */
function write(value: unknown, margin: string): string {
  if (typeof value === "string") return writeText(value, margin);
  if (typeof value !== "object" || value === null) return String(value ?? null);
  return Array.isArray(value) ? writeList(value, margin) : writeMap(value as Readonly<Record<string, unknown>>, margin);
}

function writeMap(map: Readonly<Record<string, unknown>>, margin: string): string {
  let text = "";
  for (const key in map) {
    const value = map[key];
    if (value === undefined) continue;
    const nested = isNested(value) ? write(value, `${margin}  `) : ` ${write(value, margin)}`;
    text += `${margin}${writeText(key, margin)}:${nested}`;
  }
  return text === "" ? "{}" : text;
}

function writeList(list: readonly unknown[], margin: string): string {
  let text = "";
  for (const value of list) {
    const inner = `${margin}  `;
    text += `${margin}- ${isNested(value) ? write(value, inner).slice(inner.length) : write(value, margin)}`;
  }
  return text === "" ? "[]" : text;
}

/** Whether it stands on lines of its own, below its key. */
function isNested(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) ? value.length > 0 : Object.values(value).some((item) => item !== undefined);
}

const isWord = /^[A-Za-z_(/][ -~]*$/;
const needsThought = /:[ ]|[ ]#|[ :-]$/;
const meansSomethingElse = /^(null|true|false)$/i;

const isDuration = /^\d+(?:ms|[smhdwy])$/;

/** What only wants quotes around it, as most descriptions do. */
const isQuotable = /^[A-Za-z_(/{][ !#-[\]-~]*$/;
const isQuotableOnce = /^[A-Za-z_(/{][ -&(-~]*$/;

function writeText(text: string, margin: string): string {
  const thought = needsThought.test(text);
  if (!thought && isWord.test(text) && !meansSomethingElse.test(text)) return text;
  if (isDuration.test(text)) return text;
  if (thought || text.startsWith("{")) {
    if (isQuotable.test(text)) return `"${text}"`;
    if (text.includes('"') && isQuotableOnce.test(text)) return `'${text}'`;
  }
  const [first = "", ...more] = stringify({ text }, { lineWidth: 0 }).slice(0, -1).split("\n");
  return [first.slice("text: ".length), ...more.map((line) => (line === "" ? "" : `${margin.slice(1)}${line}`))].join(
    "\n",
  );
}
