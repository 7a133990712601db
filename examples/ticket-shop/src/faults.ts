/**
 * Every fault that can be switched on, with what it does to the shop. `/health`, `/ready` and `/metrics` never answer
 * wrongly on purpose: they are how a fault is seen.
 */
export const faultNames = {
  errors: "30 % of the shop's requests answer 500",
  latency: "half of the shop's requests take 3 s longer",
  payments: "80 % of payments fail: the orders end as failed, with HTTP 402",
  database: "the connection pool is exhausted: queries wait and give up, /ready answers 503",
  disconnects: "the server keeps dropping WebSocket connections",
  "no-sales": "nobody buys: every order is cancelled at the checkout, nothing else is wrong",
  down: "the public listener is closed: connections are refused",
} as const;

export type Fault = keyof typeof faultNames;

export function isFault(name: unknown): name is Fault {
  return typeof name === "string" && Object.hasOwn(faultNames, name);
}

/** The faults that a file's text switches on, or one line that says what is wrong with it. */
export type ParsedFaults = { readonly faults: ReadonlySet<Fault> } | { readonly mistake: string };

/** Reads `{"faults": ["payments"]}`. */
export function parseFaults(text: string): ParsedFaults {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { mistake: "it is not JSON" };
  }
  const names: unknown = typeof content === "object" && content !== null ? Reflect.get(content, "faults") : undefined;
  if (!Array.isArray(names)) return { mistake: 'it needs a list called "faults"' };
  const unknown = names.filter((name) => !isFault(name));
  if (unknown.length > 0) {
    const known = Object.keys(faultNames).join(", ");
    return { mistake: `${unknown.map((name) => JSON.stringify(name)).join(", ")}: no such fault; there are ${known}` };
  }
  return { faults: new Set(names.filter(isFault)) };
}
