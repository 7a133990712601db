import { instantsOf, type Measured, measureRules, rules } from "../../bench/objectives";
import { traffic } from "../../bench/traffic";

/** Thirty days, of which the last three are scraped: restarts, lost scrapes and a tenfold change of traffic in each. */
let measured: Measured;

beforeAll(async () => {
  const data = traffic(Date.UTC(2026, 0, 1) / 1000, 31, 3.25);
  measured = await measureRules(data, rules, instantsOf(data, 5, 0.2));
}, 120_000);

test("the rules of a 30-day objective over 48 series touch at most 8,000 samples an evaluation", () => {
  expect(measured.samples).toBeLessThanOrEqual(8000);
  // Nothing was left out of the sum: the longest windows were really read.
  expect(measured.byRule.get("slo:sli_error:ratio_rate3d")).toBeGreaterThan(1500);
  expect(measured.byRule.get("slo:error_budget:remaining")).toBeGreaterThan(1400);
});

test.each(["5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"])(
  "the ratio over %s is within 1 % of the exact one",
  (window) => {
    expect(measured.deviations[window]?.worst).toBeLessThanOrEqual(0.01);
  },
);
