/**
 * A strict reading of Datadog's queries, as far as this backend writes them: what is not in its documentation does not
 * parse. https://docs.datadoghq.com/metrics/advanced-filtering/, https://docs.datadoghq.com/dashboards/functions/,
 * https://docs.datadoghq.com/monitors/guide/as-count-in-monitor-evaluations/.
 */
export interface PlainQuery {
  readonly aggregator: string;
  readonly metric: string;
  readonly filter: string;
  readonly by: readonly string[];
  readonly modifiers: readonly string[];
}
export interface MonitorQuery {
  readonly aggregator: string;
  readonly window: string;
  readonly queries: readonly PlainQuery[];
  readonly functions: readonly string[];
  readonly comparator: string;
  readonly threshold: number;
}

const NUMBER = /^(?:0|[1-9]\d*)(?:\.\d+)?/;
const PLAIN =
  /^(avg|sum|min|max|p\d{1,2}(?:\.\d{1,2})?|count\(v: v(?:<=|>=|<|>)\d+(?:\.\d+)?\)):([a-z][A-Za-z0-9_.]*)\{([^{}]+)\}(?: by \{([a-z0-9_,]+)\})?((?:\.[a-z_]+\([^()]*\))*)/;
const MODIFIER = /\.(?:as_count\(\)|as_rate\(\)|rollup\((?:(?:sum|avg|min|max), )?\d+\))/g;
const TAG = /^[a-z][a-z0-9_]*:\*?[\p{Ll}\p{N}_\-:./]+\*?$/u;
const FUNCTIONS: Readonly<Record<string, RegExp>> = {
  moving_rollup: /^, \d+, '(?:sum|avg|min|max)'$/,
  count_not_null: /^$/,
  default_zero: /^$/,
  forecast: /^, 'linear', [1-9], interval='\d+m', history='\d+[hdw]', model='(?:default|simple|reactive)'$/,
};

class Reader {
  readonly queries: PlainQuery[] = [];
  readonly functions: string[] = [];
  #at = 0;
  constructor(readonly text: string) {}

  get rest() {
    return this.text.slice(this.#at);
  }
  fail(what: string): never {
    throw new Error(`${what} at ${this.#at}: …${this.rest.slice(0, 40)}`);
  }
  take(pattern: RegExp): RegExpExecArray | undefined {
    const match = pattern.exec(this.rest);
    if (match?.index !== 0) return undefined;
    this.#at += match[0].length;
    return match;
  }
  expression(): void {
    this.term();
    while (this.take(/^ [+-] /)) this.term();
  }
  term(): void {
    this.factor();
    while (this.take(/^ [*/] /)) this.factor();
  }
  factor(): void {
    if (this.take(NUMBER)) return;
    if (this.take(/^\(/)) {
      this.expression();
      if (!this.take(/^\)/)) this.fail("no )");
      return;
    }
    const plain = this.take(PLAIN);
    if (plain) {
      this.plain(plain);
      return;
    }
    const call = this.take(/^([a-z_]+)\(/);
    if (!call?.[1]) this.fail("no query");
    this.expression();
    const rest = this.take(/^([^()]*)\)/);
    if (!FUNCTIONS[call[1]]?.test(rest?.[1] ?? "?")) this.fail(`no such call of ${call[1]}`);
    this.functions.push(call[1]);
  }
  plain([, aggregator = "", metric = "", filter = "", by = "", modifiers = ""]: RegExpExecArray): void {
    readFilter(filter);
    const found: readonly string[] = modifiers.match(MODIFIER) ?? [];
    if (found.join("") !== modifiers) this.fail(`no such modifiers ${modifiers}`);
    const isDistribution = /^(?:p\d|count\()/.test(aggregator);
    if (isDistribution && found.some((one) => /rollup\([a-z]/.test(one)))
      this.fail("a distribution is rolled up by time only");
    if (found.includes(".as_rate()") && aggregator !== "sum" && !isDistribution) this.fail("as_rate wants sum");
    this.queries.push({ aggregator, metric, filter, by: by ? by.split(",") : [], modifiers: found });
  }
}

/** Signs or words, never both. */
export function readFilter(filter: string): void {
  const refuse = (what: string): never => {
    throw new Error(`${what} in {${filter}}`);
  };
  const tag = (text: string) => TAG.test(text) || refuse(`"${text}" is no tag`);
  if (!/ (?:AND|OR|IN|NOT) |^NOT /.test(filter)) {
    for (const part of filter.split(",")) tag(part.replace(/^!/, ""));
    return;
  }
  if (filter.includes("!")) refuse("a sign among words");
  for (const part of filter.split(" AND ")) {
    const list = /^([a-z][a-z0-9_]*) (?:NOT )?IN \(([^()]+)\)$/.exec(part);
    if (list) for (const value of list[2]?.split(",") ?? []) tag(`${list[1]}:${value}`);
    else for (const one of part.replace(/^\((.*)\)$/, "$1").split(" OR ")) tag(one.replace(/^NOT /, ""));
  }
}

/** A query without a monitor around it. */
export function readQuery(text: string): readonly PlainQuery[] {
  const reader: Reader = new Reader(text);
  reader.expression();
  if (reader.rest !== "") reader.fail("more than a query");
  return reader.queries;
}

/** A metric monitor's query. */
export function readMonitorQuery(text: string): MonitorQuery {
  const reader: Reader = new Reader(text);
  const head = reader.take(/^(avg|sum|min|max|percentile)\(((?:last|next)_\d+[mhdw])\):/);
  if (!head) reader.fail("no window");
  const [, aggregator = "", window = ""] = head;
  reader.expression();
  const tail = reader.take(/^ (>=|<=|>|<|==|!=) (.+)$/);
  if (!tail || !new RegExp(`${NUMBER.source}$`).test(tail[2] ?? "")) reader.fail("no limit");
  const counts = reader.queries.filter(({ modifiers }) => modifiers.includes(".as_count()"));
  if (counts.length > 0 && aggregator !== "sum") reader.fail("as_count can only be summed");
  if (counts.length > 0 && counts.length < reader.queries.length) reader.fail("what is no count would be summed too");
  if (aggregator === "percentile" && !reader.queries.every((one) => /^p\d/.test(one.aggregator))) {
    reader.fail("percentile of what is none");
  }
  const { queries, functions } = reader;
  return { aggregator, window, queries, functions, comparator: tail[1] ?? "", threshold: Number(tail[2]) };
}
