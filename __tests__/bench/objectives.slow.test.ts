import { instantsOf, type Measured, measureRules, rules } from "../../bench/objectives";
import { traffic } from "../../bench/traffic";

/**
 * Thirty days, of which the last three and a half are scraped: tenfold leaps of traffic, leaps of the share that fails,
 * restarts and lost scrapes at any moment. Half of the evaluations are right after one of these.
 */
let measured: Measured;

beforeAll(async () => {
  const data = traffic(Date.UTC(2026, 0, 1) / 1000, 31, 3.5);
  measured = await measureRules(data, rules, instantsOf(data, 16, 0.4));
}, 600_000);

test("the rules of a 30-day objective over 48 series touch at most 8,000 samples an evaluation", () => {
  expect(measured.samples).toBeLessThanOrEqual(8000);
  // Nothing was left out of the sum: counters and months were really read.
  expect(measured.byRule.get("slo:events_all:increase")).toBeGreaterThan(1500);
  expect(measured.byRule.get("slo:error_budget:remaining")).toBeGreaterThan(2500);
});

const windows = ["1m", "5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"] as const;

test.each(windows)("the ratio over %s is within 1 % of what scrapes can tell", (window) => {
  expect(measured.ours[window]?.exact.worst).toBeLessThanOrEqual(0.01);
});

test.each(windows)("the ratio over %s is half of the time within 1 % of what happened, never far from it", (window) => {
  expect(measured.ours[window]?.happened.median).toBeLessThanOrEqual(0.01);
  expect(measured.ours[window]?.happened.worst).toBeLessThanOrEqual(0.1);
});

test("the data is hard: rates over the raw series are further off than that", () => {
  expect(measured.raw["30m"]?.exact.worst).toBeGreaterThan(0.01);
});
