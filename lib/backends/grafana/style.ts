import {
  type Duration,
  type Environment,
  formerNames,
  type Node,
  type Objective,
  type Service,
} from "@watchbill/model";
import { jobMatchers, sloLabels } from "../../conventions";
import { formatDuration, lapsed } from "../../lapse";
import type { PromqlStyle } from "../prometheus/promql";
import { recordedCount } from "../prometheus/recording";

/** The filters that every query of a dashboard has. */
const filters = 'job=~"$job",instance=~"$instance"';

/** A matcher for one of some values; a regular expression only where there are several. */
export const oneOf = (label: string, values: readonly string[]) =>
  values.length === 1 ? `${label}="${values[0]}"` : `${label}=~"${values.join("|")}"`;

/**
 * Matchers of an objective's recorded series, filters included. What was recorded under former names is shown with it: it
 * ends where the new series begins.
 */
export function recordedSeries(service: Service, { id, ...renamed }: Objective): string {
  const labels = Object.entries({
    ...sloLabels(service.name, id),
    service: [service.name, ...formerNames(service)],
    objective: [id, ...formerNames(renamed)],
  });
  return `{${[...labels.map(([label, values]) => oneOf(label, [values].flat())), filters].join(",")}}`;
}

/**
 * How a panel's query is printed. Beside the filter stands the job itself: "All" is `.+`, which would let in the like
 * metric of an exporter, or of another service. Counts keep their window, since it is part of what they say, and read
 * recorded series where it is long; rates take Grafana's window, which `step` holds at the declared one.
 */
export const panelStyle = (service: Service, span: (window: Duration) => Duration): PromqlStyle => {
  const scope: PromqlStyle["scope"] = (source) => [...jobMatchers(service, source), filters].join(",");
  return {
    scope,
    window: (window, under) => (under === "rate" ? "$__rate_interval" : formatDuration(span(window))),
    ahead: span,
    recorded: (count) => recordedCount(service, count, span(count.over)),
    zero: (source) => `0 * sum by (job) (up{${scope(source)}})`,
  };
};

const rates: ReadonlySet<Node["op"]> = new Set(["rate", "quantile", "mean", "within"]);
const counts: ReadonlySet<Node["op"]> = new Set(["increase"]);

/** Windows of all nodes of some kinds, in seconds. */
function windowsOf(node: Node, kinds: ReadonlySet<Node["op"]>): readonly number[] {
  if (node.op === "arithmetic") return [...windowsOf(node.left, kinds), ...windowsOf(node.right, kinds)];
  return kinds.has(node.op) && "over" in node ? [node.over.value] : [];
}

/** A count over less than this is skipped over in part by the steps of a graph over a week. */
const wide = 900;

/**
 * A graph's expression such that no view hides what an alert sees: of counts over short windows that lie within one step
 * of a wide view it shows the worst.
 */
export function worstWithin(expr: string, node: Node, window: Window, worst: "max" | "min"): string {
  const shortest = shortestCount(node);
  return shortest === undefined
    ? expr
    : `${worst}_over_time((${expr})[$__interval:${formatDuration(window(shortest))}])`;
}

type Window = (window: Duration) => Duration;

function shortestCount(node: Node): Duration | undefined {
  const shortest = Math.min(...windowsOf(node, counts));
  return shortest < wide ? { value: shortest, unit: "seconds" } : undefined;
}

/** A duration as Grafana reads it: one number with one unit. */
export const formatInterval = ({ value }: Duration) =>
  Number.isInteger(value) ? `${value}s` : `${Math.max(1, Math.round(value * 1000))}ms`;

/**
 * The smallest step of a query, a quarter of its rates' window: `$__rate_interval` is four times that, so the panel shows
 * the very rates that the alert sees, and wider ones only where a wide time range would otherwise skip samples
 * (https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval). Counts over
 * short windows are asked for window by window.
 */
export function step(environment: Environment, node: Node, window: Window): string | undefined {
  const rated = windowsOf(node, rates).map((value) => lapsed(environment, { value: value / 4, unit: "seconds" }).value);
  const counted = shortestCount(node);
  const steps = [...rated, ...(counted ? [window(counted).value] : [])];
  return steps.length === 0 ? undefined : formatInterval({ value: Math.max(...steps), unit: "seconds" });
}
