import { atMost, counter, formatDiagnostic, gauge, histogram, type Service } from "@watchbill/model";
import { seriesBounds } from "../../../lib/checks/series";
import { environmentWith, shopWith } from "../../support/declarations";

const sold = counter("sold_total", { counts: "tickets", labels: { event: atMost(200), kind: ["day", "week"] } });
const shop = shopWith([], { metrics: { sold } as unknown as Service["metrics"] });
const targets = { service: ["a:3000", "b:3000"] };
const said = (seriesAtMost: number) => {
  const environment = environmentWith([shop], {
    seriesAtMost,
    at: { shop: { url: "https://a.example.com", targets } },
  });
  return seriesBounds({ environment, services: [shop] }, { runbooks: new Set() }).map((one) =>
    formatDiagnostic(one).replace(/ __tests__\S+/, ""),
  );
};

test("as many series as are meant to be are none too many", () => {
  expect(said(800)).toEqual([]);
});

test("more are a mistake that names the largest metrics, counted over all targets", () => {
  expect(said(799)).toEqual([
    "error too-many-series [test/seriesAtMost]: its metrics may have 800 series, more than 799; the most: sold_total 800 (event 200 × kind 2 at each of 2 targets); by service: shop 800 → bound their labels lower, drop a label, or raise `seriesAtMost`",
  ]);
});

test("a metric that several services have counts as one, and a histogram says that it has buckets", () => {
  const duration = histogram("wait_seconds", { unit: "seconds", buckets: [1, 2], labels: { route: atMost(10) } });
  const alone = gauge("open", { unit: "doors" });
  const services = ["shop", "store"].map((name) =>
    shopWith([], { name, metrics: { duration, alone } as unknown as Service["metrics"] }),
  );
  const at = Object.fromEntries(services.map(({ name }) => [name, { url: "https://a.example.com", targets }]));
  const environment = environmentWith(services, { seriesAtMost: 10, at });
  const [found] = seriesBounds({ environment, services }, { runbooks: new Set() });
  expect(found?.message).toBe(
    "its metrics may have 204 series, more than 10; the most: wait_seconds 200 (route 10 × 5 of buckets, sum and count at each of 4 targets) and open 4 (1 at each of 4 targets); by service: shop 102 and store 102",
  );
});
