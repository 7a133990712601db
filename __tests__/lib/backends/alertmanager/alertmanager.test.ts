import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  days,
  dependency,
  type Environment,
  httpServerMetrics,
  minutes,
  objective,
  pagerduty,
  percent,
  type Service,
  secret,
  slack,
} from "@watchbill/model";
import { businessHours } from "../../../../calendars/business-hours";
import { environments } from "../../../../environments";
import { alertmanager } from "../../../../lib/backends/alertmanager";
import { inhibitRules } from "../../../../lib/backends/alertmanager/inhibition";
import { timeInterval } from "../../../../lib/backends/alertmanager/time-interval";
import { environmentWith, errorsHigh, shopWith } from "../../../support/declarations";

const allRequests = httpServerMetrics.requests.where({}) as never;

const folder = mkdtempSync(join(tmpdir(), "watchbill-alertmanager-"));
afterAll(() => rmSync(folder, { recursive: true }));

function configOf(environment: Environment): string {
  const root = join(folder, environment.name);
  for (const [path, content] of Object.entries(alertmanager({ environment, services: environment.services }).files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return join(root, "alertmanager/alertmanager.yml");
}

const amtool = (...words: string[]) => execFileSync("amtool", words, { encoding: "utf8" });
const routed = (file: string, ...labels: string[]) =>
  amtool("config", "routes", "test", `--config.file=${file}`, ...labels).trim();

test.each(environments.map((environment) => [environment.name, environment] as const))(
  "amtool accepts the configuration of %s",
  (_, environment) => {
    expect(amtool("check-config", configOf(environment))).toContain("SUCCESS");
  },
);

describe("a route", () => {
  const environment = environmentWith([shopWith([errorsHigh()])], {
    channels: {
      page: pagerduty("shop", { routingKey: secret("pagerduty") }),
      alerts: slack("#alerts", { webhook: secret("slack-alerts") }),
      orders: slack("#orders", { webhook: secret("slack-orders") }),
    },
    notify: { critical: ["page", "alerts"], high: ["alerts"], medium: ["alerts"], low: [], info: [] },
    owners: { commerce: ["orders"] },
    hours: { medium: businessHours },
  });

  test.each([
    ["critical", ["priority=p0", "owner=platform"], "critical"],
    ["critical of a team with channels of its own", ["priority=p0", "owner=commerce"], "critical-commerce"],
    ["medium", ["priority=p2", "owner=platform"], "medium"],
    ["of an alert that is none of ours", ["severity=page"], "unrouted"],
  ])("%s leads to its receiver", (_, labels, receiver) => {
    expect(routed(configOf(environment), ...labels)).toBe(receiver);
  });

  test("a team's receiver has the severity's channels and the team's own", () => {
    const { data } = alertmanager({ environment, services: environment.services });
    const receivers = data.receivers as { name: string; slack_configs?: { channel: string }[] }[];
    const own = receivers.find(({ name }) => name === "critical-commerce");
    expect(own?.slack_configs?.map(({ channel }) => channel)).toEqual(["#alerts", "#orders"]);
  });

  test("secrets are read from files beside the configuration", () => {
    const { files } = alertmanager({ environment, services: environment.services });
    const config = files["alertmanager/alertmanager.yml"];
    expect(config).toContain("routing_key_file: secrets/pagerduty\n");
    expect(config).toContain("api_url_file: secrets/slack-alerts\n");
  });

  test("a severity that is told in business hours waits for them", () => {
    const { data } = alertmanager({ environment, services: environment.services });
    const { routes } = data.route as { routes: { receiver: string; active_time_intervals?: string[] }[] };
    const muted = routes.filter((route) => route.active_time_intervals).map(({ receiver }) => receiver);
    expect(muted).toEqual(["medium-commerce", "medium"]);
  });
});

test("what is for information is one message an hour and service at most", () => {
  const environment = environmentWith([shopWith([errorsHigh({ severity: "info" })])], {
    channels: { alerts: slack("#alerts", { webhook: secret("slack-alerts") }) },
    notify: { critical: ["alerts"], high: [], medium: [], low: [], info: ["alerts"] },
  });
  const { data } = alertmanager({ environment, services: environment.services });
  const { routes } = data.route as { routes: { receiver: string; group_by?: string[]; group_interval?: string }[] };
  expect(routes.find(({ receiver }) => receiver === "info")).toMatchObject({
    group_by: ["environment", "service"],
    group_interval: "1h",
  });
  expect(routes.find(({ receiver }) => receiver === "critical")).not.toHaveProperty("group_interval");
});

describe("inhibition", () => {
  const down = (what: string) => errorsHigh({ id: "ServiceDown", down: what });

  test("a service that is down is silent about its symptoms, not about causes", () => {
    const service = shopWith([down("shop"), errorsHigh(), errorsHigh({ id: "DiskFull", nature: "cause" })]);
    expect(inhibitRules([service])).toEqual([
      {
        source_matchers: ['service="shop"', 'alertname="ServiceDown"'],
        target_matchers: ['service="shop"', 'alertname="ErrorsHigh"'],
        equal: ["environment"],
      },
    ]);
  });

  test("a dependency that is down silences the symptoms of every service that needs it", () => {
    const database: Service = { ...shopWith([down("postgres")]), name: "database" };
    const needy = shopWith([errorsHigh()], { dependsOn: [dependency("postgres", "PostgreSQL")] });
    const indifferent: Service = { ...shopWith([errorsHigh()]), name: "other" };
    expect(inhibitRules([database, needy, indifferent]).map(({ target_matchers }) => target_matchers)).toEqual([
      ['service="shop"', 'alertname="ErrorsHigh"'],
    ]);
  });

  test("what outlasts its cause is silent for the aftermath too, but what is down, and what it can't explain, is told", () => {
    const lasting = { keepFiring: minutes(5) };
    const service = shopWith(
      [
        errorsHigh({ id: "RedisDown", down: "redis", spares: ["PoolFull"] }),
        errorsHigh({ id: "ServiceDown", down: "itself", ...lasting }),
        errorsHigh({ id: "PoolFull", ...lasting }),
        errorsHigh({ ...lasting }),
        errorsHigh({ id: "Brief" }),
      ],
      { dependsOn: [dependency("redis", "Redis")] },
    );
    const targets = (source: string) =>
      inhibitRules([service]).find(({ source_matchers }) => source_matchers[1] === `alertname="${source}"`)
        ?.target_matchers[1];
    expect(targets("RedisDown")).toBe('alertname=~"Brief|ErrorsHigh|ServiceDown"');
    expect(targets("RedisDownAftermath")).toBe('alertname="ErrorsHigh"');
  });

  test("an objective's alert is outranked by its objective's name, not that of another", () => {
    const kept = objective("availability", {
      title: "Answered",
      target: percent(99),
      over: days(30),
      indicator: { kind: "events", bad: allRequests, all: allRequests },
    });
    const outranking = errorsHigh({ outranks: ["availability/ErrorBudgetBurnSlow", "latency/ErrorBudgetBurnSlow"] });
    expect(inhibitRules([shopWith([outranking], { objectives: [kept] })])[0]).toEqual({
      source_matchers: ['service="shop"', 'alertname="ErrorsHigh"'],
      target_matchers: ['service="shop"', 'objective="availability"', 'alertname="ErrorBudgetBurnSlow"'],
      equal: ["environment", "service"],
    });
  });

  test("an alert that outranks what its service lacks silences nothing", () => {
    const service = shopWith([errorsHigh({ outranks: ["ErrorsElevated", "ErrorBudgetBurnSlow"] })]);
    expect(inhibitRules([service])).toEqual([]);
  });

  test("an alert silences those that it outranks", () => {
    const service = shopWith([errorsHigh({ outranks: ["ErrorsElevated"] }), errorsHigh({ id: "ErrorsElevated" })]);
    expect(inhibitRules([service])).toEqual([
      {
        source_matchers: ['service="shop"', 'alertname="ErrorsHigh"'],
        target_matchers: ['service="shop"', 'alertname="ErrorsElevated"'],
        equal: ["environment", "service"],
      },
    ]);
  });
});

test("a calendar keeps its zone, and days that follow one another are a range", () => {
  expect(timeInterval(businessHours)).toEqual({
    name: "business-hours",
    time_intervals: [
      { times: [{ start_time: "09:00", end_time: "18:00" }], weekdays: ["monday:friday"], location: "Europe/London" },
    ],
  });
});
