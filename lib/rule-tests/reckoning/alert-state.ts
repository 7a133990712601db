import { keyOf, type LabelSet } from "./series";

/** One result of a condition at one moment. */
export interface Holding {
  readonly labels: LabelSet;
  readonly value: number;
}

/** A stretch of evaluations, by number, in which one alert fires: `from` is the first, `to` the last. */
export interface Firing {
  readonly labels: LabelSet;
  readonly from: number;
  readonly to: number;
  /** What the condition's value was at `from`. */
  readonly value: number;
}

interface State {
  readonly labels: LabelSet;
  readonly since: number;
  ceased?: number;
  from?: number;
  value: number;
}

/**
 * When an alert fires, given what its condition gives at each evaluation: pending for `hold` seconds, then firing, and
 * still so for less than `keep` seconds after the condition has ceased
 * (https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/).
 */
export function firings(
  results: readonly (readonly Holding[])[],
  { step, hold, keep }: { readonly step: number; readonly hold: number; readonly keep: number },
): readonly Firing[] {
  const states = new Map<string, State>();
  const found: Firing[] = [];
  const end = (key: string, state: State, at: number) => {
    states.delete(key);
    if (state.from !== undefined)
      found.push({ labels: state.labels, from: state.from, to: at - 1, value: state.value });
  };
  results.forEach((holding, k) => {
    const now = new Map(holding.map((one) => [keyOf(one.labels), one]));
    for (const [key, { labels, value }] of now) {
      const state = states.get(key) ?? { labels, since: k, value };
      states.set(key, state);
      delete state.ceased;
      if (state.from === undefined && (k - state.since) * step >= hold - 1e-9) Object.assign(state, { from: k, value });
    }
    for (const [key, state] of [...states]) {
      if (now.has(key)) continue;
      state.ceased ??= k;
      const isKept = state.from !== undefined && keep > 0 && (k - state.ceased) * step < keep - 1e-9;
      if (!isKept) end(key, state, k);
    }
  });
  for (const [key, state] of [...states]) end(key, state, results.length);
  return found.sort((a, b) => a.from - b.from || (keyOf(a.labels) < keyOf(b.labels) ? -1 : 1));
}
