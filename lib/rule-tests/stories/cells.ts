import {
  type Environment,
  type Matcher,
  type Metric,
  type Node,
  type Selection,
  type Service,
  type Source,
  selectionsRead,
  type Test,
} from "@watchbill/model";
import { jobOf } from "../../conventions";
import { matches, valuesOf } from "../reckoning/matchers";
import type { LabelSet } from "../reckoning/series";

/** Series of one metric with these labels, and which of the condition's selections they are in. */
export interface Cell {
  readonly labels: LabelSet;
  readonly selected: readonly boolean[];
  /** For what no selection reads: the cell that it would be read as if one matcher were left out. */
  readonly like?: number;
}

/** What a condition reads of one metric. */
export interface Reading {
  readonly metric: Metric;
  readonly selections: readonly Selection[];
  readonly cells: readonly Cell[];
}

/** Every leaf of a condition's trees. */
export function leavesOf(test: Test): readonly Exclude<Node, { op: "arithmetic" | "constant" }>[] {
  const below = (node: Node): ReturnType<typeof leavesOf> => {
    if (node.op === "constant") return [];
    return node.op === "arithmetic" ? [...below(node.left), ...below(node.right)] : [node];
  };
  if (test.op === "compare") return below(test.left);
  if (test.op === "floor") return [...leavesOf(test.test), ...below(test.events)];
  return test.op === "during" ? leavesOf(test.test) : [];
}

/** Labels that a condition keeps apart, besides the job. */
const keptApart = (test: Test): readonly string[] => [...new Set(leavesOf(test).flatMap(({ by }) => by))];

const combinations = (choices: readonly (readonly [string, readonly string[]])[]): readonly LabelSet[] =>
  choices.reduce<readonly LabelSet[]>(
    (all, [label, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [label]: value }))),
    [{}],
  );

const fits = (matchers: readonly Matcher[], labels: LabelSet) =>
  matchers.every((matcher) => matches(matcher, labels[matcher.label] ?? ""));

const printed = (selection: Selection) => JSON.stringify(selection.matchers);

/**
 * What a condition reads, metric by metric: one cell for each way of being read, and one for each matcher that alone
 * keeps something out, so that a rule which lacks it is seen to read too much.
 */
export function readingsOf(test: Test): readonly Reading[] {
  const byMetric = new Map<string, Selection[]>();
  for (const selection of selectionsRead(test)) {
    const known = byMetric.get(selection.metric.name) ?? [];
    byMetric.set(selection.metric.name, known);
    if (!known.some((other) => printed(other) === printed(selection))) known.push(selection);
  }
  const apart = keptApart(test).filter((label) => label !== "instance");
  return [...byMetric.values()].map((selections) => {
    const { metric } = selections[0]!;
    const matchers = selections.flatMap((one) => one.matchers);
    const constrained = [...new Set(matchers.map(({ label }) => label))];
    const free = apart.filter((label) => label in metric.labels && !constrained.includes(label));
    const all = combinations([
      ...constrained.map(
        (label) =>
          [
            label,
            valuesOf(
              metric,
              label,
              matchers.filter((one) => one.label === label),
            ),
          ] as const,
      ),
      ...free.map((label) => [label, valuesOf(metric, label, []).slice(0, 1)] as const),
    ]);
    const cells: Cell[] = [];
    const readAs = (labels: LabelSet) => selections.map((one) => fits(one.matchers, labels));
    const same = (a: readonly boolean[], b: readonly boolean[]) => a.every((one, index) => one === b[index]);
    const add = (labels: LabelSet, selected: readonly boolean[]) => {
      if (selected.some(Boolean) && !cells.some((cell) => same(cell.selected, selected)))
        cells.push({ labels, selected });
    };
    for (const labels of all) add(labels, readAs(labels));
    const apartFrom = new Set<string>();
    for (const labels of all) {
      const selected = readAs(labels);
      if (selected.some(Boolean)) continue;
      for (const left of matchers) {
        const others = selections.map((one) =>
          fits(
            one.matchers.filter((other) => JSON.stringify(other) !== JSON.stringify(left)),
            labels,
          ),
        );
        const like = cells.findIndex((cell) => same(cell.selected, others));
        const key = `${JSON.stringify(left)} ${like}`;
        if (like < 0 || apartFrom.has(key)) continue;
        apartFrom.add(key);
        cells.push({ labels, selected, like });
        break;
      }
    }
    return { metric, selections, cells };
  });
}

/**
 * Where a metric comes from: the labels that a scrape adds, of two targets. Where the environment has one target only,
 * there is a second one some day, and the rule has to say the right thing then too.
 */
export function targetsOf(environment: Environment, service: Service, source: Source): readonly LabelSet[] {
  const { url = "", targets } = environment.at[service.name] ?? { targets: undefined };
  const job = source === "scrape" ? service.name : jobOf(service, source);
  const known =
    source === "blackbox"
      ? service.checks.slice(0, 1).map(({ path }) => `${url}${path}`)
      : (targets?.[source] ?? [`${source}:9090`]);
  const first = known[0] ?? `${source}:9090`;
  return [first, known[1] ?? `second.${first}`].map((instance) => ({ job, instance, service: service.name }));
}
