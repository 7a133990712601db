import { dependency, type Environment, formatDiagnostic, minutes, percent, type Service } from "@watchbill/model";
import { host, postgres, redis } from "../../../alert-rules";
import { exportersOf } from "../../../environments/exporters";
import { exporterTargets } from "../../../lib/checks/exporters";
import { environmentWith, shopWith } from "../../support/declarations";

const stores = [dependency("shop-postgres", "the shop's PostgreSQL"), dependency("shop-redis", "the shop's Redis")];
const shop = shopWith([], {
  watch: [
    postgres(stores[0]!, { downFor: minutes(1) }),
    redis(stores[1]!, {}),
    host({ memory: { above: percent(90), for: minutes(5) } }),
  ] as unknown as Service["watch"],
  dependsOn: stores,
});
const withMetrics: Service = {
  ...shop,
  metrics: Object.fromEntries(shop.watch.flatMap(({ metrics }) => metrics.map((metric) => [metric.name, metric]))),
};
const said = (targets: Environment["at"][string]["targets"]) =>
  exporterTargets(
    {
      environment: environmentWith([withMetrics], { at: { shop: { url: "https://shop.example.com", targets } } }),
      services: [withMetrics],
    },
    { runbooks: new Set() },
  ).map((one) =>
    formatDiagnostic(one)
      .replace(/ __tests__\S+/, "")
      .replace(/and \d+ more/, "and some more"),
  );

const line = (exporter: string, many: string, port: number, source: string) =>
  `error exporter-missing [test/at/shop]: shop reads ${many} of ${exporter}, and test has no target for it → add \`${source}: ["<host>:${port}"]\` to its targets in environments/test.ts, or leave out the packs that read it: withoutExporters(shop, "${source}")`;

test("whatever a service reads of an exporter has to be scraped somewhere", () => {
  expect(said({ service: ["shop:3000"] })).toEqual([
    line("postgres_exporter", "pg_up and some more", 9187, "postgres"),
    line("redis_exporter", "redis_up and some more", 9121, "redis"),
    line("node_exporter", "node_cpu_seconds_total and some more", 9100, "node"),
  ]);
});

test("an empty list of targets is none", () => {
  expect(said({ service: ["shop:3000"], postgres: ["a:9187"], redis: [], node: ["a:9100"] })).toEqual([
    line("redis_exporter", "redis_up and some more", 9121, "redis"),
  ]);
});

test("with a target for each there is nothing to say", () => {
  expect(said({ service: ["shop:3000"], postgres: ["a:9187"], redis: ["a:9121"], node: ["a:9100"] })).toEqual([]);
});

test("the convention finds the exporters of a pack that only draws panels, too", () => {
  expect(exportersOf(withMetrics, "internal", ["shop-1.internal"])).toEqual({
    node: ["shop-1.internal:9100", "shop-postgres.internal:9100", "shop-redis.internal:9100"],
    postgres: ["shop-postgres.internal:9187"],
    redis: ["shop-redis.internal:9121"],
  });
});
