import {
  becomes,
  count,
  type Drill,
  drill,
  formatDiagnostic,
  gauge,
  httpServerMetrics,
  loses,
  percent,
  seconds,
  to,
  turns,
} from "@watchbill/model";
import { drills } from "../../../drills";
import { local } from "../../../environments/local";
import { production } from "../../../environments/production";
import { drillMistakes, possibleIn } from "../../../lib/drills/mistakes";
import { tickets } from "../../../services/tickets";

const lines = (...of: readonly Drill[]) =>
  drillMistakes(of, production).map((one) => formatDiagnostic(one).replace(/ __tests__\S+/, ""));
const queue = gauge("queue_size", { unit: "jobs" });

test("a drill that names a metric, a label, a target or an alert that nobody has is told all of that at once", () => {
  const wrong = drill("wrong", {
    title: "Wrong.",
    happens: [
      to(tickets, "everything", [
        becomes(queue, count(3, "jobs")),
        turns(httpServerMetrics.requests, percent(3), { stat: "500" } as object),
        loses("prometheus"),
      ]),
    ],
    pages: [
      { service: tickets, alerts: ["SalesStoped"], within: seconds(60), notBefore: seconds(0), place: tickets.place },
    ],
  });
  const found = lines(wrong).map((line) =>
    line.replace(/ services\S+/, "").replace(/its alerts are .*/, "its alerts are …"),
  );
  expect(found).toEqual([
    "error drill-metric [wrong/tickets]: tickets has no metric queue_size → name one that it declares, or let a pack of tickets bring it",
    'error drill-label [wrong/tickets]: http_requests_total has no label "stat" → its labels are method, route, status',
    "error drill-target [wrong/tickets]: tickets has no target of prometheus in production → there it has service, node, postgres, redis, blackbox",
    "error drill-alert [wrong/tickets]: tickets has no alert SalesStoped → its alerts are …",
  ]);
});

test.each([
  ["2026-02-30T10:00", "Europe/London", '"2026-02-30T10:00" is no moment'],
  ["tomorrow", "Europe/London", '"tomorrow" is no moment'],
  [
    "2026-03-29T01:30",
    "Europe/London",
    '"2026-03-29T01:30" does not exist in Europe/London, where the clocks go forward',
  ],
  ["2026-10-25T01:30", "Europe/London", '"2026-10-25T01:30" comes twice in Europe/London, where the clocks go back'],
  ["2026-03-10T10:00", "Europe/Londn", 'there is no time zone "Europe/Londn"'],
])("a drill can't begin at %s in %s", (begins, zone, said) => {
  expect(lines(drill("late", { title: "Late.", happens: [], begins, zone }))).toEqual([
    `error drill-time [late]: ${said} → write YYYY-MM-DDTHH:MM of a moment that comes once, and an IANA zone`,
  ]);
});

test("names are in kebab-case, and each is there once; a drill has time to be watched in", () => {
  const named = (name: string) => drill(name, { title: "One.", happens: [] });
  expect(lines(named("Database down"))).toEqual([
    `error drill-name [Database down]: "Database down" is no drill's name → write it in kebab-case: database-down`,
  ]);
  expect(lines(named("one"), named("two"), named("one"))).toEqual([
    "error duplicate-drill [one]: two drills are called one → give one of them another name",
  ]);
  expect(lines({ ...named("short"), watched: seconds(0) })).toEqual([
    "error drill-span [short]: it needs a healthy time before and a time to watch → give both more than nothing",
  ]);
});

test("a drill of a service that an environment lacks does not take place there", () => {
  const names = possibleIn(local, drills).map(({ name }) => name);
  expect(names).toContain("total-outage");
  expect(names).not.toContain("redis-down");
});
