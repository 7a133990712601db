/** The longest label that the API takes for a unit of one's own. */
export const LONGEST_LABEL = 12;

/** Units that Datadog knows by itself, by the model's names (https://docs.datadoghq.com/metrics/units/#unit-list). */
const canonical: Readonly<Record<string, string>> = {
  attempts: "attempt",
  bytes: "byte",
  checks: "check",
  commands: "command",
  connections: "connection",
  dollars: "dollar",
  emails: "email",
  errors: "error",
  euros: "euro",
  events: "event",
  evictions: "eviction",
  files: "file",
  hits: "hit",
  hosts: "host",
  items: "item",
  jobs: "job",
  keys: "key",
  messages: "message",
  misses: "miss",
  monitors: "monitor",
  operations: "operation",
  packets: "packet",
  processes: "process",
  queries: "query",
  ratio: "fraction",
  requests: "request",
  responses: "response",
  rows: "row",
  scans: "scan",
  seconds: "second",
  tasks: "task",
  threads: "thread",
  tickets: "ticket",
  timeouts: "timeout",
  transactions: "transaction",
  users: "user",
  workers: "worker",
  writes: "write",
};

const times = ["second", "minute", "hour", "day", "week"];
const short: Readonly<Record<string, string>> = { second: "s", minute: "min", hour: "h", day: "d", week: "w" };

/** One of them: `queries` is `query`. */
const singular = (unit: string) =>
  unit === "series"
    ? unit
    : unit
        .replace(/ies$/, "y")
        .replace(/(ch|sh|ss|x)es$/, "$1")
        .replace(/([^s])s$/, "$1");

/** A unit of one's own as a label: `orders/s`, `dollar/order`; what is longer than the API takes is cut, and says so. */
function label(counted: string, per: string | undefined): string {
  const tail = per === undefined ? "" : `/${short[per] ?? singular(per)}`;
  const fitting = [counted, singular(counted)].map((one) => `${one}${tail}`).find((one) => one.length <= LONGEST_LABEL);
  if (fitting !== undefined) return fitting;
  const room = LONGEST_LABEL - tail.length - 1;
  return room < 3 ? `${counted.slice(0, LONGEST_LABEL - 1)}.` : `${counted.slice(0, room)}.${tail}`;
}

/** How a widget writes values of a unit. */
export function numberFormat(unit: string) {
  const [counted = unit, per] = unit.split("/");
  const unitName = canonical[counted];
  if (unitName === undefined || (per !== undefined && !times.includes(per))) {
    return { unit: { type: "custom_unit_label", label: label(counted, per) } };
  }
  return { unit: { type: "canonical_unit", unit_name: unitName, ...(per !== undefined && { per_unit_name: per }) } };
}
