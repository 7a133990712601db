/** JSON with its keys sorted, two spaces and a newline at the end: the same value is always the same bytes. */
export const toJson = (value: unknown) => `${write(value, "\n")}\n`;

/** Written in one pass: sorting a copy for `JSON.stringify` takes twice as long, and the dashboards are many. */
function write(value: unknown, margin: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const inner = `${margin}  `;
  if (Array.isArray(value)) {
    return value.length === 0
      ? "[]"
      : `[${inner}${value.map((item) => write(item, inner)).join(`,${inner}`)}${margin}]`;
  }
  const record = value as Readonly<Record<string, unknown>>;
  let text = "";
  for (const key of Object.keys(record).sort()) {
    const item = record[key];
    if (item === undefined) continue;
    text += `${text === "" ? inner : `,${inner}`}${JSON.stringify(key)}: ${write(item, inner)}`;
  }
  return text === "" ? "{}" : `{${text}${margin}}`;
}
