import { type Service, selectionsOf, selectionsRead } from "@watchbill/model";
import { team } from "../../environments/team";
import { services } from "../../services";
import { boulderFest } from "../../services/boulder-fest";
import { inkwave } from "../../services/inkwave";
import { syncup } from "../../services/syncup";
import { tikit } from "../../services/tikit";

const all: readonly Service[] = services;
const shown = ({ watch }: Service) =>
  new Set(
    watch.flatMap(({ panels }) =>
      panels
        .filter(({ on, section }) =>
          team.dashboards.some(({ name, sections }) => name === on && sections.includes(section)),
        )
        .flatMap(({ series }) => series.flatMap(({ of }) => selectionsOf(of.node).map(({ metric }) => metric.name))),
    ),
  );

test.each([boulderFest, inkwave, syncup, tikit].map((service): [string, Service] => [service.name, service]))(
  "%s: every metric that it or an exporter beside it exposes is in a panel",
  (_, service) => {
    const seen = shown(service);
    // A check tells more than panels need, such as when its certificate ends.
    const exposed = Object.values(service.metrics).filter(({ source }) => source !== "blackbox");
    expect(exposed.filter(({ name }) => !seen.has(name)).map(({ name }) => name)).toEqual([]);
  },
);

test("what an alert reads is declared, by the service or by the pack that reads it", () => {
  for (const service of all) {
    const recorded = service.watch.flatMap(({ comparisons = [] }) =>
      comparisons.flatMap(({ series, usualSeries }) => [series, usualSeries]),
    );
    const declared = new Set([...Object.values(service.metrics).map(({ name }) => name), ...recorded]);
    const read = service.watch.flatMap(({ alerts }) => alerts.flatMap(({ when }) => selectionsRead(when.test)));
    expect(read.map(({ metric }) => metric.name).filter((name) => !declared.has(name))).toEqual([]);
  }
});

test("no two services share a dependency's name by chance: one's database would silence the other", () => {
  const names = all.flatMap(({ dependsOn }) => dependsOn.map(({ name }) => name));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("what is down is something that the service depends on, so that its symptoms stay quiet", () => {
  for (const { watch, dependsOn } of all) {
    const down = watch.flatMap(({ alerts }) => alerts.flatMap((alert) => alert.down ?? []));
    const known = ["itself", ...dependsOn.map(({ name }) => name)];
    expect(down.filter((name) => !known.includes(name))).toEqual([]);
  }
});

test("the worse level of a measure outranks the milder, and both lead to one page", () => {
  const alerts = all.flatMap(({ watch }) => watch.flatMap((pack) => pack.alerts));
  const milder = alerts.filter(({ id }) => id.endsWith("Elevated"));
  expect(milder.length).toBeGreaterThan(5);
  for (const { id, runbook, severity, when } of milder) {
    const worse = alerts.filter((one) => one.outranks.includes(id) && one.id === id.replace(/Elevated$/, "High"));
    expect(worse.length).toBeGreaterThan(0);
    expect(worse.map((one) => one.runbook)).toEqual(worse.map(() => runbook));
    expect(severity).toBe("medium");
    expect(worse.map((one) => one.when.unit)).toEqual(worse.map(() => when.unit));
  }
});

test("no two alerts of a service have one summary: who reads it at night knows which of them it is", () => {
  for (const { watch } of all) {
    const summaries = watch.flatMap(({ alerts }) => alerts.map(({ summary }) => summary));
    expect(summaries.filter((summary, index) => summaries.indexOf(summary) !== index)).toEqual([]);
  }
});

test("no alerts outrank each other, not even in a circle: whoever is silenced by what is silenced is told by nobody", () => {
  for (const { watch, objectives } of all) {
    const outranked = new Map<string, readonly string[]>([
      ...watch.flatMap(({ alerts }) => alerts.map(({ id, outranks }) => [id, outranks] as const)),
      ...objectives.map(({ id, outranks = [] }) => [`${id}/ErrorBudgetBurnFast`, outranks] as const),
    ]);
    const below = (id: string, seen: readonly string[]): readonly string[] =>
      (outranked.get(id) ?? []).flatMap((next) =>
        seen.includes(next) ? [next] : [next, ...below(next, [...seen, next])],
      );
    expect([...outranked.keys()].filter((id) => below(id, [id]).includes(id))).toEqual([]);
  }
});

test("what an alert outranks is an alert of some service, or of an objective", () => {
  const ids = all.flatMap(({ watch }) => watch.flatMap(({ alerts }) => alerts.map(({ id }) => id)));
  const burns = all.flatMap(({ objectives }) =>
    objectives.flatMap(({ id }) => [`${id}/ErrorBudgetBurnFast`, `${id}/ErrorBudgetBurnSlow`]),
  );
  const known = new Set([...ids, ...burns]);
  const named = all.flatMap(({ watch }) => watch.flatMap(({ alerts }) => alerts.flatMap(({ outranks }) => outranks)));
  expect(named.filter((id) => !known.has(id))).toEqual([]);
});

test("a payment provider that fails is one page: the payments'", () => {
  const outrankedBy = (service: Service) =>
    service.watch.flatMap(({ alerts }) => alerts).find(({ id }) => id === "PaymentFailureRatioHigh")?.outranks;
  expect(outrankedBy(boulderFest)).toContain("StripeFailureRatioHigh");
  expect(outrankedBy(tikit)).toContain("PaymentProviderFailureRatioHigh");
});

/** The metrics that the products' own documents name, which dashboards and alerts elsewhere may already read. */
test.each<[string, Service, string[]]>([
  [
    "syncup",
    syncup,
    [
      "http_requests_total",
      "http_request_duration_seconds",
      "db_queries_total",
      "db_query_duration_seconds",
      "db_connection_pool_size",
      "db_connection_pool_available",
      "meetings_processed_total",
      "chat_queries_total",
      "chat_query_duration_seconds",
      "active_users",
      "slack_integration_events_total",
      "errors_total",
      "error_rate",
      "openai_api_calls_total",
      "openai_api_duration_seconds",
      "openai_api_tokens_total",
    ],
  ],
])("%s keeps the names of its metrics", (_, service, names) => {
  const declared = Object.values(service.metrics).map(({ name }) => name);
  expect(names.filter((name) => !declared.includes(name))).toEqual([]);
});
