/** A formula at a moment in seconds, given the values of the series that it reads, by name. */
export type Formula = (time: number, series?: Readonly<Record<string, number>>) => number;

const token = /\s*(\d+(?:\.\d+)?|[a-z_][a-z_0-9:]*(?:\{[^}]*\})?|[<>=!]=|[-+*/%^<>()])/y;

function tokensOf(text: string): string[] {
  const found: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match?.[1]) throw new Error(`no arithmetic: ${text.slice(at)}`);
    found.push(match[1]);
  }
  return found;
}

const DAY = 86400;

/** The date is the same for a whole day, and a test asks minute by minute. */
function ofDate(read: (date: Date) => number) {
  let [known, value] = [Number.NaN, Number.NaN];
  return (seconds: number) => {
    const day = Math.floor(seconds / DAY);
    if (day !== known) [known, value] = [day, read(new Date(day * DAY * 1000))];
    return value;
  };
}

const makers: Readonly<Record<string, () => (value: number) => number>> = {
  vector: () => (value) => value,
  floor: () => Math.floor,
  month: () => ofDate((date) => date.getUTCMonth() + 1),
  day_of_month: () => ofDate((date) => date.getUTCDate()),
  day_of_week: () => ofDate((date) => date.getUTCDay()),
};

const comparisons = ["==", ">=", "<", ">"];
/** From loosest to tightest (https://prometheus.io/docs/prometheus/latest/querying/operators/#binary-operator-precedence). */
const levels = [["==", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"], ["^"]];

/**
 * The part of PromQL that calendars are written in, made a function: numbers, `time()`, series of one value, comparisons
 * with `bool`, and functions of the calendar. One label set is all there is, so vectors and scalars are the same. Go's
 * math.Mod, like JavaScript's `%`, has the sign of the dividend.
 */
export function evaluate(text: string): Formula {
  const tokens = tokensOf(text);
  const calls: ((value: number) => number)[] = [];
  const take = (wanted?: string) => {
    const next = tokens.shift();
    if (next === undefined || (wanted !== undefined && next !== wanted)) throw new Error(`${next} in ${text}`);
    return next;
  };

  function bracketed(): string {
    take("(");
    const inner = level(0);
    take(")");
    return `(${inner})`;
  }

  function primary(): string {
    if (tokens[0] === "(") return bracketed();
    const next = take();
    if (/^\d/.test(next)) return next;
    if (next === "time") {
      take("(");
      take(")");
      return "time";
    }
    const make = makers[next];
    if (!make) return `series[${JSON.stringify(next.replace(/\{.*/, ""))}]`;
    calls.push(make());
    return `calls[${calls.length - 1}]${bracketed()}`;
  }

  function level(index: number): string {
    const here = levels[index];
    if (!here) return primary();
    let left = level(index + 1);
    while (here.includes(tokens[0] ?? "")) {
      const sign = take();
      const isComparison = comparisons.includes(sign);
      // Without `bool` a comparison filters.
      if (isComparison) take("bool");
      const right = level(index + 1);
      const both = `(${left} ${sign === "^" ? "**" : sign} ${right})`;
      left = isComparison ? `Number${both}` : both;
    }
    return left;
  }

  const source = level(0);
  if (tokens.length > 0) throw new Error(`${tokens[0]} in ${text}`);
  const formula = new Function("calls", "time", "series", `return ${source}`);
  return (time, series = {}) => formula(calls, time, series);
}
