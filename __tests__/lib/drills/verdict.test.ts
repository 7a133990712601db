import { by, type Drill, drill, minutes, never, seconds, to } from "@watchbill/model";
import { pages, told } from "../../../lib/drills/pages";
import type { Played } from "../../../lib/drills/play";
import type { RuleSet } from "../../../lib/drills/rule-set";
import { cell, scoreOf } from "../../../lib/drills/score";
import { linesOf, timeline } from "../../../lib/drills/timeline";
import { verdicts } from "../../../lib/drills/verdict";
import { type FiredAlert, readAlertmanagerConfig, simulate } from "../../../lib/simulator";
import { monitoring } from "../../../services/monitoring";
import { tickets } from "../../../services/tickets";

const { config } = readAlertmanagerConfig(`
route:
  receiver: quiet
  group_by: [service, alertname]
  routes:
    - matchers: ['severity="critical"']
      receiver: loud
    - matchers: ['severity="machine"']
      receiver: machine
inhibit_rules:
  - source_matchers: ['alertname="ServiceDown"']
    target_matchers: ['alertname="HttpErrorRatioHigh"']
    equal: [service]
receivers:
  - name: quiet
    webhook_configs: [{ url: 'http://127.0.0.1/quiet' }]
  - name: loud
    webhook_configs: [{ url: 'http://127.0.0.1/loud' }]
  - name: machine
    webhook_configs: [{ url: 'http://127.0.0.1/machine' }]
`);
if (!config) throw new Error("the configuration is wrong");

const set: RuleSet = {
  name: "test",
  rules: [],
  externalLabels: {},
  alertmanager: config,
  tells: (receiver) =>
    receiver === "machine" ? [] : receiver === "loud" ? ["PagerDuty on-call", "Slack #alerts"] : ["Slack #alerts"],
  wakes: (receiver) => receiver === "loud",
};

const begins = Date.UTC(2026, 2, 10, 10);
const at = (after: number) => begins + after * 1000;
const fired = (alertname: string, severity: string, from: number, until: number, service = "tickets"): FiredAlert => ({
  labels: { alertname, severity, service },
  startsAt: at(from),
  endsAt: at(until),
});
const play = (of: Drill, alerts: readonly FiredAlert[]): Played => ({
  drill: of,
  begins,
  to: at(3600),
  alerts,
  ...simulate(config, alerts, { from: at(-3600), to: at(3600) }),
});
const outage = drill("outage", {
  title: "Everything is down.",
  happens: [to(tickets, "processes end", [], { lasts: minutes(10) })],
  pages: [by(tickets, "ServiceDown", { within: minutes(3) })],
  silent: [never(tickets, "HttpErrorRatioHigh")],
});
const heartbeat = fired("Watchdog", "machine", -3600, 3600, "monitoring");

test("a drill goes well when who must be woken is woken in time, and nobody hears of the rest", () => {
  const played = play(outage, [
    heartbeat,
    fired("ServiceDown", "critical", 60, 700),
    fired("HttpErrorRatioHigh", "critical", 75, 650),
  ]);
  expect(verdicts(played, set)).toEqual([
    { ok: true, said: "ServiceDown pages after 1:30, within 3:00" },
    { ok: true, said: "nobody hears of HttpErrorRatioHigh" },
    { ok: true, said: "nothing else pages" },
  ]);
});

test("its timeline tells what happened in the order of time, and leaves out what machines tell each other", () => {
  const played = play(outage, [
    heartbeat,
    fired("ServiceDown", "critical", 60, 700),
    fired("HttpErrorRatioHigh", "critical", 75, 650),
  ]);
  expect(linesOf(timeline(played, set))).toEqual([
    " 0:00  injected   processes end                 tickets",
    " 1:00  detected   ServiceDown",
    " 1:15  fires      HttpErrorRatioHigh",
    " 1:30  paged      ServiceDown                   PagerDuty on-call, Slack #alerts",
    " 1:45  held back  HttpErrorRatioHigh            ServiceDown inhibits it",
    "10:00  mended     it is over                    tickets",
    "16:30  resolved   ServiceDown                   PagerDuty on-call, Slack #alerts",
  ]);
});

test("a page that comes too late, or never, or besides, is a failure that says so", () => {
  const late = play(outage, [fired("ServiceDown", "critical", 200, 700), fired("DiskFull", "critical", 300, 900)]);
  expect(verdicts(late, set)).toEqual([
    { ok: false, said: "ServiceDown pages after 3:50; it should within 3:00" },
    { ok: true, said: "nobody hears of HttpErrorRatioHigh" },
    { ok: false, said: "pages for nothing: DiskFull at 5:30" },
  ]);
  const silent = play(outage, [fired("HttpErrorRatioHigh", "warning", 60, 900)]);
  expect(verdicts(silent, set)).toEqual([
    { ok: false, said: "ServiceDown never pages; it should within 3:00" },
    { ok: false, said: "somebody hears of HttpErrorRatioHigh after 1:30; nobody should" },
    { ok: true, said: "nothing else pages" },
  ]);
});

test("what comes sooner than it may is a failure, too", () => {
  const patient = drill("patient", {
    title: "Wait.",
    happens: [],
    tells: [by(tickets, "SalesStopped", { within: minutes(10), notBefore: minutes(5) })],
  });
  expect(verdicts(play(patient, [fired("SalesStopped", "warning", 30, 900)]), set)).toEqual([
    { ok: false, said: "SalesStopped tells after 1:00; it should not before 5:00" },
    { ok: true, said: "nobody is paged" },
  ]);
});

test("an alert of the same name of another service does not count", () => {
  const played = play(outage, [fired("ServiceDown", "critical", 60, 700, "tikit")]);
  expect(verdicts(played, set)[0]).toEqual({ ok: false, said: "ServiceDown never pages; it should within 3:00" });
});

test("one of several alerts is enough", () => {
  const either = drill("either", {
    title: "Either.",
    happens: [],
    pages: [by(tickets, ["ServiceDown", "HttpErrorRatioHigh"], { within: minutes(3) })],
  });
  expect(verdicts(play(either, [fired("HttpErrorRatioHigh", "critical", 60, 700)]), set)[0]).toEqual({
    ok: true,
    said: "HttpErrorRatioHigh pages after 1:30, within 3:00",
  });
});

test("a trouble that is told again while it lasts is one page, and two when it had ended", () => {
  const lasting = play(outage, [fired("ServiceDown", "critical", 0, 3500)]);
  expect(pages(lasting.notifications, set).length).toBe(1);
  const returning = play(outage, [
    fired("ServiceDown", "critical", 0, 600),
    fired("ServiceDown", "critical", 2400, 3000),
  ]);
  expect(pages(returning.notifications, set).length).toBe(2);
  expect(told(returning.notifications, set).map(({ resolvedAt }) => resolvedAt !== undefined)).toEqual([true, true]);
});

test("phases that come often are told a few times, and then counted", () => {
  const often = drill("often", {
    title: "Often.",
    happens: [to(tickets, "a blip", [], { times: 7, every: seconds(60), lasts: seconds(10) })],
  });
  const injected = timeline(play(often, []), set).filter(({ kind }) => kind === "injected");
  expect(injected.map(({ more }) => more)).toEqual(["tickets", "tickets", "tickets", "tickets, and 3 times more"]);
});

test("a score counts one page of a drill that wants one as useful, and every other as one for nothing", () => {
  const services = [monitoring, tickets];
  const score = (of: Drill, alerts: readonly FiredAlert[]) => scoreOf(play(of, alerts), set, services);
  const both = [fired("ServiceDown", "critical", 60, 700), fired("DiskFull", "critical", 300, 900)];
  expect(score(outage, both)).toEqual({ woken: 90_000, told: 90_000, pages: 2, forNothing: 1 });
  expect(cell(outage, score(outage, both))).toBe("**1:30**, 1 page for nothing");
  expect(cell(outage, score(outage, []))).toBe("never");
  expect(cell(outage, score(outage, [fired("Slow", "warning", 60, 700)]))).toBe("told 1:30, no page");
  const calm = drill("calm", { title: "Calm.", happens: [to(tickets, "a deploy", [])] });
  expect(cell(calm, score(calm, both))).toBe("2 pages for nothing");
  expect(cell(calm, score(calm, []))).toBe("quiet");
  const patient = drill("patient", {
    title: "Wait.",
    happens: [to(tickets, "nothing is sold", [])],
    tells: [by(tickets, "SalesStopped", { within: minutes(10), notBefore: minutes(5) })],
  });
  expect(cell(patient, score(patient, [fired("SalesStopped", "warning", 300, 900)]))).toBe("5:30");
  expect(cell(patient, score(patient, [fired("SalesStopped", "warning", 30, 900)]))).toBe("1:00, too soon");
  expect(cell(patient, score(patient, [fired("Noise", "critical", 30, 900)]))).toBe("never, 1 page for nothing");
  // What fired before is no detection, and what is about another service is none either.
  expect(score(outage, [fired("Noise", "critical", -600, 3600)])).toEqual({ pages: 1, forNothing: 1 });
  expect(score(outage, [fired("ServiceDown", "critical", 60, 700, "tikit")])).toEqual({ pages: 1, forNothing: 1 });
});
