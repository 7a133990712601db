import { join } from "node:path";
import { days, drill, hours, httpServerMetrics, percent, restarts, seconds, to, turns } from "@watchbill/model";
import { totalOutage } from "../../../drills/total-outage";
import { usual } from "../../../drills/usual";
import { production } from "../../../environments/production";
import { compile } from "../../../lib/compile";
import { readOtherRules } from "../../../lib/drills/other-rules";
import { contest } from "../../../lib/drills/scoreboard";
import { watches } from "../../../lib/drills/watchers";
import { surroundings } from "../../../lib/project";
import { repositoryRoot } from "../../../lib/runtime/repository-root";
import { tickets } from "../../../services/tickets";

const month = drill("two-days", {
  title: "Two days in which nothing is wrong but a deploy each.",
  begins: "2026-03-10T00:00",
  zone: "UTC",
  healthy: hours(6),
  watched: days(2),
  happens: [
    to(tickets, "a deploy", [restarts(), turns(httpServerMetrics.requests, percent(33), { status: "502" })], {
      after: hours(10),
      lasts: seconds(30),
      every: days(1),
      times: 2,
    }),
  ],
});

test("rules are compared on the same drill, the same quiet days and the same failing requests", async () => {
  const compiled = compile(production, surroundings());
  const services = compiled.services.filter((service) => service.name === tickets.name || watches(service));
  const path = join(repositoryRoot, "drills/handwritten/as-meant.yml");
  const { sets } = await readOtherRules([path], production.name);
  const told: number[] = [];
  const result = await contest({
    compiled,
    others: sets,
    stage: { environment: compiled.environment, services, usual },
    drills: [totalOutage],
    month,
    peaks: [1],
    service: tickets,
    shares: [20],
    progress: (share) => told.push(share),
  });
  expect(result.sets).toEqual(["watchbill", "as-meant"]);

  const [ours, theirs] = result.drills[0]?.scores ?? [];
  expect(ours).toMatchObject({ pages: 1, forNothing: 0 });
  expect(ours?.woken).toBeLessThanOrEqual(3 * 60_000);
  expect(theirs?.pages).toBeGreaterThan(0);

  const [{ peak, scores } = { peak: 0, scores: [] }] = result.months;
  expect([peak, scores.length]).toEqual([1, 2]);
  expect(scores[0]).toMatchObject({ pages: 0, worst: [] });
  for (const { samplesADay } of scores) expect(samplesADay).toBeGreaterThan(0);

  const [{ share, found } = { share: 0, found: [] }] = result.detection;
  expect([share, found.length]).toEqual([20, 2]);
  expect(found[0]?.page).toBeGreaterThanOrEqual(60);
  expect(found[0]?.page).toBeLessThanOrEqual(180);

  expect(told.at(-1)).toBe(1);
  expect(told).toEqual([...told].sort((one, other) => one - other));
}, 180_000);
