import type { Duration, Environment } from "@watchbill/model";

/** A waiting time as this environment waits it: divided by its time lapse. Limits that users feel are never lapsed. */
export const lapsed = (environment: Pick<Environment, "lapse">, duration: Duration): Duration =>
  environment.lapse === 1 ? duration : { value: duration.value / environment.lapse, unit: "seconds" };

const steps = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
  ["ms", 1],
] as const;

/** A duration as Prometheus and Alertmanager write it: `1h30m`, `500ms`, `0s`; whole milliseconds, at least one. */
export function formatDuration({ value }: Duration): string {
  let rest = value === 0 ? 0 : Math.max(1, Math.round(value * 1000));
  if (rest === 0) return "0s";
  let text = "";
  for (const [suffix, size] of steps) {
    const many = Math.floor(rest / size);
    if (many > 0) text += `${many}${suffix}`;
    rest -= many * size;
  }
  return text;
}
