import { burnRateRules, detection, failingRules } from "../../bench/detection";
import { alertsInQuiet } from "../../bench/quiet-month";
import { tickets } from "../../services/tickets";

const ours = failingRules(tickets);

/** Seconds within which the first page comes, at 10 requests a second of which a share fails. */
test.each([
  [1, 60],
  [0.2, 120],
  [0.05, 315],
  [0.02, 360],
])(
  "failing by %s is told within %i s, whether or not any had failed before",
  (share, most) => {
    for (const seen of [true, false]) {
      const found = detection(ours, "critical", "tickets", { share, seen, for: 900 });
      expect([seen, found !== undefined && found <= most, found]).toEqual([seen, true, found]);
    }
  },
  240_000,
);

test("half a percent is a ticket within an hour, where burn rates alone need an hour and a half", () => {
  const failing = { share: 0.005 };
  expect(detection(ours, "warning", "tickets", failing)).toBeLessThanOrEqual(3600);
  expect(detection(burnRateRules("tickets", 0.001), "warning", "tickets", failing)).toBeGreaterThan(5000);
}, 600_000);

test.each([10, 1])(
  "a week of deploys calls nobody, at %i requests a second",
  async (peak) => {
    const alerts = await alertsInQuiet(ours, { peak, days: 7, seed: 2 }, "tickets");
    expect(alerts.filter(({ severity }) => severity === "critical")).toEqual([]);
  },
  240_000,
);
