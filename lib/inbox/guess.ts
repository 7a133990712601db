/** Properties in which the vendors' messages say what they are about, the telling ones first. */
const telling = ["title", "summary", "alertname", "text", "fallback"];

/** What a message that does not fit its schema seems to be about, so that a refused page can be told from another. */
export function guessTitle(value: unknown): string {
  for (const name of telling) {
    const found = find(value, name, 4);
    if (found) return found.split("\n")[0]!;
  }
  return "(nothing that can be read)";
}

function find(value: unknown, name: string, depth: number): string | undefined {
  if (typeof value !== "object" || value === null || depth < 0) return undefined;
  const own: unknown = Reflect.get(value, name);
  if (typeof own === "string" && own !== "") return own;
  for (const inner of Object.values(value)) {
    const found = find(inner, name, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A property of an object that may not be one, where it is a text. */
export function textAt(value: unknown, name: string): string | undefined {
  const own: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  return typeof own === "string" && own !== "" ? own : undefined;
}
