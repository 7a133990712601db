/** Labels of one series or one alert. */
export type LabelSet = Readonly<Record<string, string>>;

/** What a scrape brought: a value, nothing (the scrape was never made), or the end of the series (it failed). */
export type Sample = number | "missing" | "stale";

/** One series with `__name__` among its labels; sample `k` is that of the moment `k` × step. */
export interface InputSeries {
  readonly labels: LabelSet;
  readonly samples: readonly Sample[];
}

const keys = new WeakMap<LabelSet, string>();

/** The same text for the same labels, whatever their order. */
export function keyOf(labels: LabelSet): string {
  const known = keys.get(labels);
  if (known !== undefined) return known;
  const key = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
  keys.set(labels, key);
  return key;
}

/** Labels as PromQL writes them: `{job="tickets",status="500"}`, behind the name if there is one. */
export function printLabels({ __name__: name = "", ...labels }: LabelSet): string {
  const pairs = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${name}{${pairs.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(",")}}`;
}

/**
 * promtool's notation, in runs of equal steps: `1000+15x20 stale _x3`
 * (https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series).
 */
export function printSamples(samples: readonly Sample[]): string {
  const words: string[] = [];
  for (let at = 0; at < samples.length; ) {
    const [length, word] = runAt(samples, at);
    words.push(word);
    at += length;
  }
  return words.join(" ");
}

function runAt(samples: readonly Sample[], at: number): readonly [number, string] {
  const first = samples[at]!;
  if (first === "stale") return [1, "stale"];
  const next = samples[at + 1];
  if (first === "missing" || typeof next !== "number") {
    let length = 1;
    while (first === "missing" && samples[at + length] === "missing") length += 1;
    return [length, first === "missing" ? `_x${length}` : `${first}`];
  }
  const by = next - first;
  let length = 2;
  while (typeof samples[at + length] === "number" && samples[at + length] === (samples[at + length - 1] as number) + by)
    length += 1;
  // A run of two is longer than its two values.
  if (length === 2) return [1, `${first}`];
  return [length, `${first}${by < 0 ? "-" : "+"}${Math.abs(by)}x${length - 1}`];
}
