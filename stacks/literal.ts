/**
 * A value as it is to stand in Terraform's configuration, where `${` and `%{` in a text would start a template; CDKTF
 * leaves them as they are.
 */
export function literal<T>(value: T): T {
  if (typeof value === "string") return value.replace(/[$%]\{/g, (start) => start.charAt(0) + start) as T;
  if (Array.isArray(value)) return value.map((item) => literal(item)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [literal(key), literal(item)])) as T;
}
