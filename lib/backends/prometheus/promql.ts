import {
  type Calendar,
  type Duration,
  forecastMoments,
  labelsOfFloor,
  type Node,
  type Selection,
  type Source,
  type Test,
} from "@watchbill/model";

/** How a tree is printed: for a rule of one service, or for a dashboard with its variables. */
export interface PromqlStyle {
  /** Matchers that each selector starts with, printed: `job="tickets"`; empty: none. */
  readonly scope: (source: Source) => string;
  /** A window, printed: `1m`, `$__rate_interval`; `under` is what looks back over it. */
  readonly window: (window: Duration, under: "rate" | "increase" | "other") => string;
  /** How far a forecast looks ahead, in the time that its windows are in. Default: as declared. */
  readonly ahead?: (ahead: Duration) => Duration;
  /**
   * Zero for each job that is scraped, printed: what a counter with labels reads before its first event, of which it has
   * no series yet. Default: such a counter reads nothing, which is no alarm.
   */
  readonly zero?: (source: Source) => string;
  /**
   * What a gauge is read over, printed, so that its last value counts past a scrape that failed: that alone would end an
   * alert which fires, and let one that waits wait anew. Default: the moment.
   */
  readonly last?: (of: Selection) => string | undefined;
  /** A recorded series that holds a count, and the subquery that reads it. Default: counts read raw series. */
  readonly recorded?: (count: Count) => { readonly series: string; readonly subquery: string } | undefined;
}

export type Count = Extract<Node, { op: "rate" | "increase" }>;

/** A number as PromQL reads it, without an exponent where it can be helped. */
export const formatNumber = (value: number) => (Number.isInteger(value) ? value.toFixed(0) : String(value));

const quote = (text: string) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;

function braces(of: Selection, style: Pick<PromqlStyle, "scope">, extra: readonly string[] = []): string {
  const matchers = of.matchers.map(({ label, operator, value }) => `${label}${operator}${quote(value)}`);
  const all = [style.scope(of.metric.source), ...extra, ...matchers].filter((one) => one !== "");
  return all.length > 0 ? `{${all.join(",")}}` : "";
}

/** A metric with its scope and its matchers: `http_requests_total{job="tickets",status=~"5.."}`. */
export const selector = (
  of: Selection,
  style: Pick<PromqlStyle, "scope">,
  suffix = "",
  extra: readonly string[] = [],
) => `${of.metric.name}${suffix}${braces(of, style, extra)}`;

const by = (...labels: readonly string[]) => `by (${[...new Set(["job", ...labels])].join(", ")})`;

const precedence = { "+": 1, "-": 1, "*": 2, "/": 2 } as const;

const isCount = (node: Node): node is Count => node.op === "rate" || node.op === "increase";

/** The operator that is applied last in what a node prints as; nothing for a function's call. */
function outermost(node: Node): keyof typeof precedence | undefined {
  if (node.op === "arithmetic") return node.operator;
  return node.op === "mean" || node.op === "within" ? "/" : undefined;
}

function operand(node: Node, given: PromqlStyle, operator: keyof typeof precedence, right: boolean): string {
  const { zero, ...bare } = given;
  // Nothing is a share of zero, so a divisor that isn't there may as well stay away.
  const style = operator === "/" && right && isCount(node) ? bare : given;
  const text = printNode(node, style);
  const inner = outermost(node);
  if (inner === undefined) return text;
  const binds = precedence[inner] - precedence[operator];
  return binds < 0 || (right && binds === 0) ? `(${text})` : text;
}

/** Prometheus 2 keeps the bound as the application writes it (1), Prometheus 3 makes it a float (1.0). */
export const bucketMatcher = (bound: number) =>
  Number.isInteger(bound) ? `le=~"${formatNumber(bound)}(\\\\.0)?"` : `le="${formatNumber(bound)}"`;

/** Observations a second that were at most the bound, and all of them. */
function withinParts(node: Extract<Node, { op: "within" }>, style: PromqlStyle) {
  const part = (suffix: string, extra: readonly string[]) =>
    `sum ${by(...node.by)} (rate(${selector(node.of, style, suffix, extra)}[${style.window(node.over, "rate")}]))`;
  return { good: part("_bucket", [bucketMatcher(node.bound.value)]), all: part("_count", []) };
}

/** A tree as PromQL. Every leaf is summed (or folded) by job and by the labels it was asked to keep. */
export function printNode(node: Node, style: PromqlStyle): string {
  switch (node.op) {
    case "constant":
      return formatNumber(node.value);
    case "rate":
    case "increase": {
      const recorded = style.recorded?.(node);
      const counted = recorded
        ? `sum_over_time(${recorded.series}${braces(node.of, style)}[${recorded.subquery}])`
        : `${node.op}(${selector(node.of, style)}[${style.window(node.over, node.op)}])`;
      const count = `sum ${by(...node.by)} (${counted})`;
      const startsEmpty = node.by.length === 0 && Object.keys(node.of.metric.labels).length > 0;
      return style.zero && startsEmpty ? `(${count} or ${style.zero(node.of.metric.source)})` : count;
    }
    case "quantile": {
      const buckets = `sum ${by(...node.by, "le")} (rate(${selector(node.of, style, "_bucket")}[${style.window(node.over, "rate")}]))`;
      return `histogram_quantile(${formatNumber(node.q)}, ${buckets})`;
    }
    case "mean": {
      const part = (suffix: string) =>
        `sum ${by(...node.by)} (rate(${selector(node.of, style, suffix)}[${style.window(node.over, "rate")}]))`;
      return `${part("_sum")} / ${part("_count")}`;
    }
    case "within": {
      const { good, all } = withinParts(node, style);
      return `${good} / ${all}`;
    }
    case "fold": {
      const [series, over] = [selector(node.of, style), style.last?.(node.of)];
      return `${node.fold} ${by(...node.by)} (${over === undefined ? series : `last_over_time(${series}[${over}])`})`;
    }
    case "forecast": {
      const part = (share: number) => style.window({ ...node.from, value: node.from.value * share }, "other");
      const range = `${selector(node.of, style)}[${part(1)}:${part(1 / forecastMoments)}]`;
      const { value } = style.ahead?.(node.ahead) ?? node.ahead;
      const last = (of: Selection, offset = "") => {
        const over = style.last?.(of);
        const text = selector(of, style);
        return over === undefined ? `${text}${offset}` : `last_over_time(${text}[${over}]${offset})`;
      };
      const { onlyBelow } = node;
      const conditions = [
        `predict_linear(${range}, ${formatNumber(value)})`,
        last(node.of, ` offset ${part(1 / 2)}`),
        ...(onlyBelow ? [`${last(node.of)} < ${formatNumber(onlyBelow.share)} * ${last(onlyBelow.of)}`] : []),
      ];
      return `min ${by(...node.by)} (${conditions.join(" and ")})`;
    }
    case "remaining": {
      const [moment, over] = [selector(node.of, style), style.last?.(node.of)];
      const known = over === undefined ? moment : `last_over_time(${moment}[${over}])`;
      return `min ${by(...node.by)} (${known} - time())`;
    }
    case "skew": {
      const clock = selector(node.of, style);
      return `max ${by(...node.by)} (abs(${clock} - timestamp(${clock})))`;
    }
    case "arithmetic":
      return `${operand(node.left, style, node.operator, false)} ${node.operator} ${operand(node.right, style, node.operator, true)}`;
  }
}

/** The recorded series that tells whether a calendar is on: 1 or 0. */
const calendarSeries = (calendar: Calendar) => `calendar:active{calendar=${quote(calendar.name)}}`;

/**
 * Whether a condition is on a share of things that were counted. What is counted is extrapolated to the whole window, the
 * younger series of the failures less far than that of all, so that it can come out as more than all.
 */
export const isShareOfCounts = ({ left, comparison, threshold }: Extract<Test, { op: "compare" }>) =>
  threshold.unit === "ratio" &&
  threshold.value < 1 &&
  comparison.startsWith(">") &&
  left.op === "arithmetic" &&
  left.operator === "/" &&
  left.left.op === "increase";

/**
 * A count that can be too little. A series with labels is born with its first event, at 1, and has not increased since:
 * whatever a series has counted that was not there a window ago, it has counted within the window.
 */
function printLittle(node: Count, style: PromqlStyle): string {
  const { of } = node;
  if (node.op === "rate" || Object.keys(of.metric.labels).length === 0) return printNode(node, style);
  const [series, window, last] = [selector(of, style), style.window(node.over, node.op), style.last?.(of)];
  // As far back as gauges are read: a scrape that failed a window ago makes no birth.
  const before =
    last === undefined ? `${series} offset ${window}` : `last_over_time(${series}[${last}] offset ${window})`;
  return `sum ${by(...node.by)} (max_over_time(${series}[${window}]) unless ${before} or increase(${series}[${window}]))`;
}

/**
 * A condition as PromQL. Where little is the alarm, a counter that doesn't exist yet reads zero instead of nothing;
 * `on ()` keeps the zero away as soon as there is anything.
 */
export function printTest(test: Test, style: PromqlStyle): string {
  switch (test.op) {
    case "always":
      return `count(present_over_time(${selector(test.given, style)}[${style.window(test.within, "other")}])) >= 1`;
    case "absent": {
      const series = selector(test.of, style);
      return test.over ? `absent_over_time(${series}[${style.window(test.over, "other")}])` : `absent(${series})`;
    }
    case "compare": {
      const limit = `${test.comparison} ${formatNumber(test.threshold.value)}`;
      if (isCount(test.left) && !test.comparison.startsWith(">"))
        return `(${printLittle(test.left, style)} or on () vector(0)) ${limit}`;
      const left = printNode(test.left, style);
      return isShareOfCounts(test) ? `clamp_max(${left}, 1) ${limit}` : `${left} ${limit}`;
    }
    case "floor": {
      const events = printNode(test.events, style);
      return `(${printTest(test.test, style)}) and on (${["job", ...labelsOfFloor(test)].join(", ")}) (${events} >= ${formatNumber(test.atLeast.value)})`;
    }
    case "during": {
      const settled = `min_over_time(${calendarSeries(test.calendar)}[${style.window(test.settled, "other")}])`;
      return `(${printTest(test.test, style)}) and on () (${settled} == 1)`;
    }
  }
}

/** Prometheus' template for a value in its unit (https://prometheus.io/docs/prometheus/latest/configuration/template_reference/). */
export function valueTemplate(unit: string): string {
  if (unit === "ratio") return "{{ $value | humanizePercentage }}";
  if (unit === "seconds") return "{{ $value | humanizeDuration }}";
  if (unit === "bytes") return "{{ $value | humanize1024 }}B";
  return "{{ $value | humanize }}";
}
