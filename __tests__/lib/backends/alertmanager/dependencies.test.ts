import { setTimeout as sleep } from "node:timers/promises";
import {
  above,
  alert,
  counter,
  dependency,
  itself,
  minutes,
  type Pack,
  pack,
  percent,
  rate,
  ratio,
  type Service,
  service,
  webhook,
} from "@watchbill/model";
import { self } from "../../../../alert-rules/self";
import { listener, RealAlertmanager } from "../../../support/alertmanager";
import { environmentWith } from "../../../support/declarations";

const failures = counter("failures_total", { counts: "requests" });
const requests = counter("requests_total", { counts: "requests" });
const symptom = (id: string, more: object = {}) =>
  alert(id, {
    when: above(ratio(rate(failures), rate(requests)), percent(1)),
    for: minutes(1),
    severity: "critical",
    summary: "Something fails.",
    description: "{value} fail.",
    ...more,
  });
const database = dependency("orders-database", "PostgreSQL");
const watched = (
  name: string,
  alerts: readonly ReturnType<typeof symptom>[],
  more: Partial<Service> = {},
): Service => ({
  ...service(name, {
    owner: "commerce",
    metrics: { failures, requests },
    endpoint: { port: 3000 },
    watch: [pack("all", { alerts }) as unknown as Pack],
  }),
  dependsOn: [database],
  ...more,
});

const shop = watched("shop", [
  symptom("DatabaseDown", { down: database.name }),
  symptom("ServiceDown", { down: itself }),
  symptom("HttpErrorRatioHigh", { keepFiring: minutes(5) }),
  symptom("HttpLatencyP95High", { keepFiring: minutes(5) }),
  symptom("PaymentFailureRatioHigh", { keepFiring: minutes(5) }),
  symptom("HostDiskUsageHigh", { nature: "cause" }),
]);
const bookings = watched("bookings", [
  symptom("HttpErrorRatioHigh", { keepFiring: minutes(5) }),
  symptom("DatabaseQueryP99High"),
]);
const unrelated = watched("blog", [symptom("HttpErrorRatioHigh")], { dependsOn: [] });
const monitoring = watched("monitoring", [], { watch: [self() as unknown as Pack], dependsOn: [] });

const labels = (name: string, alertname: string, more: Readonly<Record<string, string>> = {}) => ({
  alertname,
  environment: "test",
  service: name,
  owner: "commerce",
  severity: "critical",
  priority: "p0",
  ...more,
});

let phone: Awaited<ReturnType<typeof listener>>;
let beat: Awaited<ReturnType<typeof listener>>;
let server: RealAlertmanager;

beforeEach(async () => {
  phone = await listener();
  beat = await listener();
  const severities = ["critical", "high", "medium", "low", "info"] as const;
  server = await RealAlertmanager.start(
    environmentWith([shop, bookings, unrelated, monitoring], {
      channels: { phone: webhook("phone", { url: phone.url }) },
      notify: Object.fromEntries(severities.map((one) => [one, ["phone"]])) as never,
      heartbeat: webhook("heartbeat", { url: beat.url }),
      // Of 30 s of waiting for the group, a third of a second is left.
      lapse: 90,
    }),
  );
});
afterEach(async () => {
  await server.stop();
  phone.close();
  beat.close();
});

/** Who was told of what, once nothing more has come for as long as everything that waits can wait. */
async function notifications() {
  for (let seen = -1, quiet = Date.now(); Date.now() - quiet < 2000; await sleep(100)) {
    if (phone.told.length !== seen) [seen, quiet] = [phone.told.length, Date.now()];
  }
  return phone.told.map(({ alerts }) => alerts.map((one) => `${one.labels.service} ${one.labels.alertname}`));
}

const symptoms = [
  labels("shop", "HttpErrorRatioHigh"),
  labels("shop", "HttpLatencyP95High"),
  labels("shop", "PaymentFailureRatioHigh"),
  labels("bookings", "HttpErrorRatioHigh"),
  labels("bookings", "DatabaseQueryP99High"),
];

test("a database that is down pages once, whatever its dependents suffer", async () => {
  await server.fire([labels("shop", "DatabaseDown", { down: database.name }), ...symptoms]);
  expect(await notifications()).toEqual([["shop DatabaseDown"]]);
  expect(await server.inhibited()).toEqual(symptoms.map(({ alertname }) => alertname).sort());
});

test("once it is back those symptoms are not told that outlast it, nor what keeps them quiet; new trouble is", async () => {
  const back = { down: database.name, severity: "info", priority: "none" };
  await server.fire([
    labels("shop", "DatabaseDownAftermath", back),
    labels("shop", "ServiceDown", { down: "shop" }),
    ...symptoms,
  ]);
  // What looks back over a minute ended with its cause, or is no symptom of it.
  expect((await notifications()).flat().sort()).toEqual(["bookings DatabaseQueryP99High", "shop ServiceDown"]);
});

test("the same symptoms page one by one when the database is not down", async () => {
  await server.fire(symptoms);
  expect((await notifications()).flat().sort()).toEqual(
    symptoms.map(({ service: name, alertname }) => `${name} ${alertname}`).sort(),
  );
});

test("what does not need the database is still told, and so is a cause", async () => {
  await server.fire([
    labels("shop", "DatabaseDown", { down: database.name }),
    labels("blog", "HttpErrorRatioHigh"),
    labels("shop", "HostDiskUsageHigh"),
  ]);
  expect((await notifications()).flat().sort()).toEqual([
    "blog HttpErrorRatioHigh",
    "shop DatabaseDown",
    "shop HostDiskUsageHigh",
  ]);
});

test("a database that is down elsewhere keeps nobody quiet here", async () => {
  await server.fire([
    labels("shop", "DatabaseDown", { environment: "other" }),
    labels("bookings", "HttpErrorRatioHigh"),
  ]);
  expect((await notifications()).flat().sort()).toEqual(["bookings HttpErrorRatioHigh", "shop DatabaseDown"]);
});

test("of a service that is down, its own target's and its machine's silence is not told; its exporter's is", async () => {
  await server.fire([
    labels("shop", "ServiceDown", { down: "shop" }),
    labels("monitoring", "TargetDown", { job: "shop", instance: "a" }),
    labels("monitoring", "AllTargetsDown", { job: "shop-node" }),
    labels("monitoring", "TargetDown", { job: "shop-postgres", instance: "b" }),
  ]);
  await notifications();
  expect(
    phone.told.flatMap(({ alerts }) => alerts.map((one) => one.labels.job ?? one.labels.alertname)).sort(),
  ).toEqual(["ServiceDown", "shop-postgres"]);
});

test("a whole job that can't be scraped speaks for its own targets, and for no other job's", async () => {
  await server.fire([
    labels("monitoring", "AllTargetsDown", { job: "shop-postgres" }),
    labels("monitoring", "TargetDown", { job: "shop-postgres", instance: "a" }),
    labels("monitoring", "TargetDown", { job: "bookings", instance: "b" }),
  ]);
  await notifications();
  expect(
    phone.told.flatMap(({ alerts }) => alerts.map((one) => `${one.labels.alertname} ${one.labels.job}`)).sort(),
  ).toEqual(["AllTargetsDown shop-postgres", "TargetDown bookings"]);
});

test("the watchdog is told again and again, to the heartbeat and nobody else", async () => {
  await server.fire([labels("monitoring", "Watchdog", { severity: "info", priority: "p4" })]);
  expect(await notifications()).toEqual([]);
  expect(beat.told.length).toBeGreaterThanOrEqual(2);
  expect(beat.told[0]).toMatchObject({ receiver: "heartbeat", status: "firing" });
});
