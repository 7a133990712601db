import { comparisonOf, type Node, type Test } from "@watchbill/model";
import { lapsed } from "../../lapse";
import { operators, type Reader } from "../reckoning/evaluate";
import { leavesOf, type Reading, readingsOf } from "./cells";

/** What moves the condition's value (`x`), and how much of everything there is (`traffic`, a factor). */
export interface Setting {
  readonly x: number;
  readonly traffic: number;
}

/** What a metric's cells do under a setting: events a second, a gauge's value, or what a histogram's measure reads. */
type Levels = ReadonlyMap<string, readonly number[]>;

type Leaf = ReturnType<typeof leavesOf>[number];

/** No setting of the series gives the value that is wanted. */
export class Unreachable extends Error {}

/** Events a second, or a gauge's value, before anything is moved. */
const baseOf = ({ metric }: Reading, isFlag: boolean) => {
  if (metric.kind === "counter") return 10;
  if (isFlag) return 1;
  return metric.unit === "bytes" ? 2 ** 33 : 100;
};

/** What a level is the value of, and no part of it. */
const isItself = ({ op }: Node) => op === "forecast" || op === "skew" || op === "remaining";

/** A gauge that is 1 or 0 and alarms when it is not 1. */
export function isFlag(test: Test): boolean {
  const compared = comparisonOf(test);
  return compared?.comparison === "<" && compared.threshold.value === 1 && compared.left.op === "fold";
}

/** A condition's value as a function of what its series do in a steady state, and the way back. */
export class Knobs {
  readonly readings: readonly Reading[];
  readonly #leaves = new Map<Reading, Leaf>();
  readonly #isFlag: boolean;
  readonly #left: Node;
  readonly #events: Node | undefined;
  readonly #mover: Reading;
  /** Metrics that the floor counts. */
  readonly #floored: ReadonlySet<string>;
  /** Of each metric's cells: does more of it raise the value, lower it, or neither? */
  readonly #directions = new Map<string, readonly number[]>();

  constructor(
    private readonly reader: Reader,
    private readonly test: Test,
  ) {
    this.readings = readingsOf(test);
    this.#isFlag = isFlag(test);
    const leaves = leavesOf(test);
    for (const reading of this.readings) {
      const leaf = leaves.find(({ of }) => of.metric.name === reading.metric.name);
      if (leaf) this.#leaves.set(reading, leaf);
    }
    const compared = comparisonOf(test);
    if (!compared) throw new Unreachable("a condition without a value");
    this.#left = compared.left;
    this.#events = floorOf(test)?.events;
    this.#floored = new Set(
      this.#events ? leavesOf({ ...compared, left: this.#events }).map(({ of }) => of.metric.name) : [],
    );
    this.#mover = this.#chooseMover();
    for (const reading of this.readings) this.#directions.set(reading.metric.name, this.#directionsOf(reading));
  }

  /** The setting that gives the value, with so many events if the condition has a floor. */
  settingFor(value: number, events?: number): Setting {
    const key = `${value} ${events}`;
    const setting = this.#found.get(key) ?? this.#settingFor(value, events);
    this.#found.set(key, setting);
    return setting;
  }

  readonly #found = new Map<string, Setting>();

  #settingFor(value: number, events?: number): Setting {
    if (events === undefined || !this.#events) return { x: this.#moved(value, 1), traffic: 1 };
    const wanted = this.#events;
    const eventsAt = (traffic: number) => {
      const setting = this.#tried(value, traffic);
      // So much of what is counted leaves no room for the value.
      return setting ? this.#steady(wanted, this.levels(setting)) : Number.POSITIVE_INFINITY;
    };
    const traffic = solve(eventsAt, events, Number.POSITIVE_INFINITY, 1e-15);
    return { x: this.#moved(value, traffic), traffic };
  }

  #tried(value: number, traffic: number): Setting | undefined {
    try {
      return this.settingAt(value, traffic);
    } catch (error) {
      if (error instanceof Unreachable) return undefined;
      throw error;
    }
  }

  /** The setting that gives the value with so much of everything. */
  settingAt = (value: number, traffic: number): Setting => ({ x: this.#moved(value, traffic), traffic });

  /** The condition's value under a setting, in a steady state. */
  valueAt = (setting: Setting) => this.#steady(this.#left, this.levels(setting));

  levels({ x, traffic }: Setting): Levels {
    return new Map(
      this.readings.map((reading) => {
        const own = reading === this.#mover ? x : undefined;
        const scale = this.#isScaled(reading) ? traffic : 1;
        return [reading.metric.name, this.#cellLevels(reading, own, scale)];
      }),
    );
  }

  /** More traffic is more of what the floor counts; without a floor, of all that is held against what is moved. */
  #isScaled(reading: Reading): boolean {
    if (this.#events) return this.#floored.has(reading.metric.name);
    return reading !== this.#mover || this.#isShare();
  }

  #cellLevels(reading: Reading, x: number | undefined, scale: number): readonly number[] {
    const leaf = this.leafOf(reading);
    if (reading.metric.kind === "histogram") return reading.cells.map(() => x ?? reading.metric.buckets[0] ?? 0);
    const base = baseOf(reading, this.#isFlag) * scale;
    if (isItself(leaf)) return reading.cells.map(() => x ?? 0);
    const directions = this.#directions.get(reading.metric.name) ?? reading.cells.map(() => 1);
    const [ups, downs] = [1, -1].map((sign) => directions.filter((one) => one === sign).length);
    const levels = directions.map((direction) => {
      if (x === undefined) return base / Math.max(1, directions.filter((one) => one === direction).length);
      if (ups && downs) return direction > 0 ? (base * x) / ups : direction < 0 ? (base * (1 - x)) / downs : base / 10;
      if (direction === 0) return base;
      return direction > 0 ? base * x : Math.max(0, base * (1 - x));
    });
    return reading.cells.map(({ like }, index) => levels[like ?? index] ?? 0);
  }

  /** How the condition reads a metric, first of all. */
  leafOf = (reading: Reading) => this.#leaves.get(reading) ?? this.#leaves.values().next().value!;

  /** Whether there is an end to how far the value can be moved: shares end at all and at nothing. */
  #isShare(): boolean {
    const directions = this.#directions.get(this.#mover.metric.name) ?? [];
    return directions.includes(-1);
  }

  #moved(value: number, traffic: number): number {
    const leaf = this.leafOf(this.#mover);
    const isDirect = this.#mover.metric.kind === "histogram" || isItself(leaf);
    if (isDirect && leaf === (this.#left as unknown)) return value;
    return solve((x) => this.valueAt({ x, traffic }), value, this.#isShare() ? 1 : Number.POSITIVE_INFINITY);
  }

  /** A metric that is both part and whole is moved from one to the other; else what happens; else what stands once. */
  #chooseMover(): Reading {
    const leaves = leavesOf({ ...comparisonOf(this.test)!, left: this.#left });
    const candidates = this.readings.filter(({ metric }) => leaves.some(({ of }) => of.metric.name === metric.name));
    const times = (reading: Reading) => leaves.filter(({ of }) => of.metric.name === reading.metric.name).length;
    const first =
      candidates.find(({ cells }) => cells.filter(({ like }) => like === undefined).length > 1) ??
      candidates.find(({ metric }) => metric.kind !== "gauge") ??
      // What the floor counts is set by the floor.
      candidates.find((reading) => times(reading) === 1 && !this.#floored.has(reading.metric.name)) ??
      candidates.find((reading) => times(reading) === 1) ??
      candidates[0];
    if (!first) throw new Unreachable("a condition that reads nothing");
    return first;
  }

  /** Found by trying: a little more of one cell. */
  #directionsOf(reading: Reading): readonly number[] {
    const name = reading.metric.name;
    const base = baseOf(reading, this.#isFlag);
    const levels = new Map(
      this.readings.map((one) => [
        one.metric.name,
        one.cells.map((_, index) => baseOf(one, this.#isFlag) * (1 + index / 7)),
      ]),
    );
    const before = this.#steady(this.#left, levels);
    return reading.cells.map(({ like }, index) => {
      if (like !== undefined) return 0;
      const more = (levels.get(name) ?? []).map((level, at) => (at === index ? level + base / 10 : level));
      return Math.sign(Number((this.#steady(this.#left, new Map([...levels, [name, more]])) - before).toPrecision(9)));
    });
  }

  #steady(node: Node, levels: Levels): number {
    const formula = this.#formulas.get(node) ?? this.#formulaOf(node);
    this.#formulas.set(node, formula);
    return formula(levels);
  }

  readonly #formulas = new Map<Node, (levels: Levels) => number>();

  /** Asked thousands of times, so what can be found once is. */
  #formulaOf(node: Node): (levels: Levels) => number {
    const folded = (of: Leaf["of"], fold: (a: number, b: number) => number) => {
      const reading = this.readings.find(({ metric }) => metric.name === of.metric.name)!;
      const text = JSON.stringify(of.matchers);
      const which = reading.selections.findIndex(({ matchers }) => JSON.stringify(matchers) === text);
      const indices = reading.cells.flatMap(({ selected }, index) => (selected[which] ? [index] : []));
      return (levels: Levels) => {
        const all = levels.get(of.metric.name) ?? [];
        return indices.map((index) => all[index] ?? 0).reduce(fold);
      };
    };
    const sum = (a: number, b: number) => a + b;
    switch (node.op) {
      case "constant":
        return () => node.value;
      case "rate":
        return folded(node.of, sum);
      case "increase": {
        const [perSecond, window] = [folded(node.of, sum), lapsed(this.reader.environment, node.over).value];
        return (levels) => perSecond(levels) * window;
      }
      case "fold": {
        const { fold } = node;
        return folded(
          node.of,
          fold === "sum" ? sum : fold === "min" ? (a, b) => Math.min(a, b) : (a, b) => Math.max(a, b),
        );
      }
      case "arithmetic": {
        const [left, right, operate] = [
          this.#formulaOf(node.left),
          this.#formulaOf(node.right),
          operators[node.operator],
        ];
        return (levels) => operate(left(levels), right(levels));
      }
      default:
        return (levels) => levels.get(node.of.metric.name)?.[0] ?? Number.NaN;
    }
  }
}

/** The floor of events around a condition. */
export function floorOf(test: Test): Extract<Test, { op: "floor" }> | undefined {
  if (test.op === "floor") return test;
  return test.op === "during" ? floorOf(test.test) : undefined;
}

/** Where a function that never falls has a value, between `least` and `most`. */
function solve(of: (x: number) => number, value: number, most = Number.POSITIVE_INFINITY, least = 0): number {
  let [low, high] = [least, Math.min(1, most)];
  while (of(high) < value && high < most && high < 1e15) high *= 2;
  if (!(of(high) >= value) || of(low) > value) throw new Unreachable(`no such value: ${value}`);
  for (let round = 0; round < 100; round += 1) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high || high - low < high * 1e-15) break;
    // What is no number yet (a share of nothing) is below all.
    if (of(middle) >= value) high = middle;
    else low = middle;
  }
  return high;
}
