import { counts, partsOf } from "../../../lib/drills/month";
import type { Told } from "../../../lib/drills/pages";
import { services } from "../../../services";
import { monitoring } from "../../../services/monitoring";

test("a month is made and evaluated a service at a time, and what watches all of them sees all of them", () => {
  const parts = partsOf([monitoring, ...services]);
  expect(parts.map(({ name }) => name)).toEqual([...services.map(({ name }) => name), "monitoring"]);
  expect(parts.map((part) => part.services.length)).toEqual([...services.map(() => 1), 1 + services.length]);
  expect(parts.map(({ rulesOf }) => rulesOf)).toEqual([...services.map(({ name }) => [name]), ["monitoring"]]);
});

const begins = Date.UTC(2026, 2, 2);
const message = (service: string, alertname: string, after: number): Told => ({
  at: begins + after,
  receiver: "critical",
  groupKey: `${service} ${alertname}`,
  alerts: [{ labels: { service, alertname }, startsAt: begins + after - 30_000 }],
});

test("messages are counted by what they are about, the most frequent first, each with its first time", () => {
  const found = counts(
    [
      message("shop", "Slow", 5000),
      message("shop", "Down", 7000),
      message("blog", "Slow", 8000),
      message("shop", "Down", 9000),
    ],
    begins,
  );
  expect(found).toEqual([
    { service: "shop", alert: "Down", many: 2, first: 7000 },
    { service: "shop", alert: "Slow", many: 1, first: 5000 },
    { service: "blog", alert: "Slow", many: 1, first: 8000 },
  ]);
});
