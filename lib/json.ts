function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}

/** JSON with its keys sorted, two spaces and a newline at the end: the same value is always the same bytes. */
export const toJson = (value: unknown) => `${JSON.stringify(sorted(value), null, 2)}\n`;
