import { randomFrom } from "../../lib/drills/random";
import type { Series } from "../../lib/replay/series";

/** When these series begin. */
export const oddStart = Date.UTC(2026, 0, 5);

/** Regular scrapes with what happens to them: jitter, lost ones, hours of silence. */
function scraped(labels: Record<string, string>, many: number, seed: number, value: (step: number) => number): Series {
  const random = randomFrom(seed);
  const times: number[] = [];
  const values: number[] = [];
  let time = oddStart + Math.floor(random() * 15_000);
  for (let step = 0; step < many; step++) {
    time += 15_000 + (random() < 0.1 ? Math.floor(random() * 40) - 20 : 0);
    if (random() < 0.01) time += Math.floor(random() * 4_000_000);
    if (random() < 0.02) continue;
    times.push(time);
    values.push(value(step));
  }
  return { labels, times: Float64Array.from(times), values: Float64Array.from(values) };
}

const odd = [0, -0, Number.NaN, Infinity, -Infinity, 5e-324, 1.7976931348623157e308, 1, -1, 2 ** 53, 0.1, Math.PI];

/** Values and labels of every kind that Prometheus stores. */
export function oddSeries(): readonly Series[] {
  const random = randomFrom(7);
  let counter = 0;
  const count = () => {
    counter += Math.floor(random() * 40);
    return counter;
  };
  return [
    scraped({ __name__: "requests_total", job: "shop", instance: "a" }, 3000, 1, count),
    scraped({ __name__: "resets_total", job: "shop" }, 3000, 2, (step) => (step % 500) * 1e15),
    scraped({ __name__: "ratio", job: "shop" }, 2500, 3, () => random()),
    scraped({ __name__: "odd", job: "shop" }, 2500, 4, () => odd[Math.floor(random() * odd.length)]!),
    scraped({ __name__: "constant", zone: "é", job: 'Zürich 𝄞 "quoted" {a="b"} \\' }, 500, 5, () => 1),
    scraped({ __name__: "bits", job: "shop" }, 2500, 6, () => (random() - 0.5) * 2 ** (random() * 2000 - 1000)),
    scraped({ __name__: "once" }, 1, 40, () => 42),
  ];
}
