/** The same shape without `readonly`: what the Terraform bindings take. */
export type Mutable<T> = T extends string | number | boolean | null | undefined
  ? T
  : { -readonly [K in keyof T]: Mutable<T[K]> };

/**
 * A copy of plain data whose texts, keys included, arrive in Terraform as they are: `${` and `%{` begin a template
 * there, in Terraform's JSON too, and CDKTF passes them through. For plain data only: a reference made by CDKTF is
 * itself written `${…}` and must be put in afterwards.
 */
export function escapeTerraform<const T>(value: T): Mutable<T> {
  return escapeAny(value) as Mutable<T>;
}

function escapeAny(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/([$%])(?=\{)/g, "$1$1");
  if (Array.isArray(value)) return value.map(escapeAny);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [escapeAny(key), escapeAny(item)]));
}
