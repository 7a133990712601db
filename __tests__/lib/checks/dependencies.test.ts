import {
  type Dependency,
  dependency,
  formatDiagnostic,
  minutes,
  type Service,
  seconds,
  uptimeCheck,
  withoutExporters,
} from "@watchbill/model";
import { postgres, redis, uptime } from "../../../alert-rules";
import { unwatchedDependencies } from "../../../lib/checks/dependencies";
import { environmentWith, shopWith } from "../../support/declarations";

const [store, cache] = [dependency("shop-postgres", "PostgreSQL"), dependency("shop-redis", "Redis")];
const down = { downFor: minutes(1) };
const shop = (
  watch: readonly unknown[],
  name = "shop",
  dependsOn: readonly Dependency[] = [store, cache],
): Service => ({
  ...shopWith([]),
  name,
  watch: watch as Service["watch"],
  dependsOn,
});
const said = (...services: readonly Service[]) =>
  unwatchedDependencies({ environment: environmentWith(services), services }, { runbooks: new Set() }).map((one) =>
    formatDiagnostic(one).replace(/ __tests__\S+/, ""),
  );

test("a dependency of which no alert tells that it is down quiets nothing", () => {
  expect(said(shop([postgres(store, down), redis(cache, {})]))).toEqual([
    "warning dependency-unwatched [shop/dependsOn/shop-redis]: no alert tells that shop-redis is down, so that shop's symptoms are told then, one by one → take a pack that watches it, such as `postgres` or `redis`, or leave it out of `dependsOn`",
  ]);
});

test("whoever watches it, it is watched; and so is another service that tells of itself", () => {
  const health = uptimeCheck("health", { path: "/health" });
  const owner = shop([postgres(store, down), redis(cache, down), uptime({ health, failsFor: seconds(60) })], "stores");
  expect(said(owner, shop([], "shop", [store, cache, dependency("stores", "The stores")]))).toEqual([]);
});

test("where exporters are lacking, what only they tell of is no dependency", () => {
  const all = shop([postgres(store, down), redis(cache, down)]);
  const left = withoutExporters(all, "postgres");
  expect(left.watch.map(({ name }) => name)).toEqual(["redis"]);
  expect(left.dependsOn).toEqual([cache]);
  expect(said(left)).toEqual([]);
});
