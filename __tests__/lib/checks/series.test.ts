import { atMost, counter, formatDiagnostic, type Service } from "@watchbill/model";
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
    "error too-many-series [test/seriesAtMost]: its metrics may have 800 series, more than 799; the most: shop 800 (sold_total 800) → bound their labels lower, drop a label, or raise `seriesAtMost`",
  ]);
});
