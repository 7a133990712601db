import type { Series } from "../../lib/replay/series";

const escaped = (value: string) => value.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");

function spelt(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  return Object.is(value, -0) ? "-0" : `${value}`;
}

/** Series as OpenMetrics text, whose times are seconds. */
export function openMetrics(series: readonly Series[]): string {
  const lines = series.flatMap(({ labels: { __name__: name = "", ...labels }, times, values }) => [
    `# TYPE ${name.replace(/_total$/, "")} ${name.endsWith("_total") ? "counter" : "gauge"}`,
    ...Array.from(times, (time, index) => {
      const inside = Object.entries(labels).map(([key, value]) => `${key}="${escaped(value)}"`);
      return `${name}{${inside.join(",")}} ${spelt(values[index]!)} ${(time / 1000).toFixed(3)}`;
    }),
  ]);
  return `${lines.join("\n")}\n# EOF\n`;
}
