import {
  alert,
  below,
  count,
  formatDiagnostic,
  largest,
  minutes,
  seconds,
  uptimeCheck,
  uptimeMetrics,
} from "@watchbill/model";
import { probeInterval } from "../../../lib/backends/prometheus/probe-interval";
import { check } from "../../../lib/checks";
import { environmentWith, shopWith } from "../../support/declarations";

const health = uptimeCheck("health", { path: "/health", every: minutes(5) });
const down = (held: number) =>
  alert("ShopDown", {
    when: below(largest(uptimeMetrics.success.where({ check: "health" })), count(1, "checks")),
    for: seconds(held),
    severity: "critical",
    summary: "The shop is down.",
    description: "{value}.",
  });
const watched = (held: number) => shopWith([down(held)], { checks: [health] });
const found = (service: ReturnType<typeof watched>) =>
  check({ environment: environmentWith([service]), services: [service] }, { runbooks: new Set(["shop-down"]) })
    .map((one) => formatDiagnostic(one).replace(/ \S+\.test\.ts:\d+/, ""))
    .filter((line) => /check-unwatched|one-failed-check/.test(line));

test("Prometheus makes a check twice within the time that its alert waits, however rarely it is declared", () => {
  const every = (held: number) => probeInterval(environmentWith([watched(held)]), watched(held), health).value;
  expect([20, 60, 240, 3600].map(every)).toEqual([15, 30, 120, 150]);
});

test("what calls somebody after a single failure is a mistake", () => {
  expect(found(watched(60))).toEqual([]);
  expect(found(watched(20))).toEqual([
    'error one-failed-check [test/shop/ShopDown]: ShopDown calls somebody after a single failure of the check "health": that is made each 15s, and has to fail for 20s → let it fail for 30s at least, or scrape more often (`scrapeEvery`)',
  ]);
});

test("a check that calls nobody is warned of", () => {
  const front = uptimeCheck("front", { path: "/" });
  expect(found(shopWith([down(60)], { checks: [health, front] }))).toEqual([
    'warning check-unwatched [shop/checks/front]: nobody is told when the check "front" of shop fails → give it to the pack `uptime`, as `health` or among `others`',
  ]);
});
