import {
  above,
  days,
  type Environment,
  email,
  formatDiagnostic,
  fromVariable,
  hours,
  httpServerMetrics,
  minutes,
  type Objective,
  objective,
  percent,
  rate,
  ratio,
  type Selection,
  type Service,
  seconds,
  select,
  slack,
} from "@watchbill/model";
import { compileAll } from "../../../lib/compile-all";
import { environmentWith, errorsHigh, shopWith } from "../../support/declarations";

const around = { runbooks: new Set(["errors-high", "errors-low"]) };
const mail = { smarthost: "smtp.example.com:587", from: "watchbill@example.com" };
const { requests } = httpServerMetrics;
const allRequests = select(requests) as unknown as Selection;
const failedRequests = requests.where({ status: /5../ }) as unknown as Selection;
const shop = shopWith([errorsHigh()]);
const production = environmentWith([shop], { name: "production" });

/** What is said of a staging that shall be like production. */
const said = (services: readonly Service[], changes: Partial<Environment>, like = production) => {
  const staging = { ...environmentWith(services), name: "staging", like: "production", ...changes };
  return compileAll([staging, like], around)
    .diagnostics.map(formatDiagnostic)
    .map((line) => line.replace(/ __tests__\S+/, ""));
};

test("equal environments have nothing to say", () => {
  expect(said([shop], {})).toEqual([]);
});

test.each<[string, readonly Service[], Partial<Environment>, string]>([
  ["a service", [], {}, "shop is missing here, and stands in production"],
  ["an alert", [shopWith([])], {}, "shop/ErrorsHigh is missing here, and stands in production"],
  [
    "a further alert",
    [shopWith([errorsHigh(), errorsHigh({ id: "ErrorsLow" })])],
    {},
    "shop/ErrorsLow is not in production",
  ],
  [
    "a waiting time",
    [shopWith([errorsHigh({ for: minutes(9) })])],
    {},
    "shop/ErrorsHigh/for is 9m here, and 5m in production",
  ],
  [
    "a severity",
    [shopWith([errorsHigh({ severity: "low" })])],
    {},
    "shop/ErrorsHigh/severity is low here, and critical in production",
  ],
  ["a shorter memory", [shop], { retention: days(7) }, "retention is 7d here, and 30d in production"],
  [
    "a missing backend",
    [shop],
    { backends: ["prometheus", "blackbox"] },
    "backends/alertmanager is missing here, and stands in production",
  ],
])("%s that differs is named", (_, services, changes, clause) => {
  expect(said(services, changes)).toEqual([expect.stringContaining(`: ${clause} → make them the same, or say why`)]);
});

test.each<[string, Partial<Objective>, string]>([
  ["target", { target: percent(99) }, "target is 99% here, and 99.9% in production"],
  ["floor", { floor: 3 }, "floor is 3 events here, and 10 events in production"],
  ["limit", { alertBelow: percent(99.5) }, "alertBelow is 99.5% here, and none in production"],
  [
    "tiers",
    { tiers: [{ long: hours(1), short: minutes(5), factor: 6, pages: false }] },
    "tiers is 6 × over 1h with 5m (ticket) here, and 14.4 × over 1h with 5m (page) in production",
  ],
  [
    "lasting tiers",
    { lasting: [{ share: percent(40), window: minutes(1), lasts: seconds(30), within: seconds(30), pages: true }] },
    "lasting is 40% of 1m for 30s of 30s (page) here, and none in production",
  ],
])("an objective's %s that differs is named", (_, changes, clause) => {
  const kept = objective("availability", {
    title: "Requests answered",
    target: percent(99.9),
    over: days(30),
    indicator: { kind: "events", bad: failedRequests, all: allRequests },
    tiers: [{ long: hours(1), short: minutes(5), factor: 14.4, pages: true }],
  });
  const like = environmentWith([shopWith([errorsHigh()], { objectives: [kept] })], { name: "production" });
  expect(said([shopWith([errorsHigh()], { objectives: [{ ...kept, ...changes }] })], {}, like)).toEqual([
    expect.stringContaining(`: shop/objectives/availability/${clause} → make them the same, or say why`),
  ]);
});

test("a class of channel that critical alerts lack is named", () => {
  const channels = { chat: slack("#a", { webhook: { secret: "a" } as never }), mail: email("a@example.com") };
  const calling = (critical: readonly string[]) => ({
    channels,
    mail,
    notify: { critical, high: [], medium: [], low: [], info: [] },
  });
  const like = environmentWith([shop], { name: "production", ...calling(["chat", "mail"]) });
  expect(said([shop], calling(["mail"]), like)).toEqual([
    'error undeclared-difference [staging/notify/critical]: notify/critical is email here, and email and slack in production → make them the same, or say why: differs: { "notify/critical": "…" }',
  ]);
});

test("what is tuned is declared by that", () => {
  const tune = { shop: { ErrorsHigh: { threshold: percent(5), for: minutes(9) } } } as unknown as Environment["tune"];
  expect(said([shop], { tune })).toEqual([]);
});

test("what is said to differ may, and all that is below it", () => {
  expect(said([shop], { retention: days(7), differs: { retention: "enough" } })).toEqual([]);
  const longer = shopWith([errorsHigh({ for: minutes(9), severity: "low" })]);
  expect(said([longer], { differs: { "shop/ErrorsHigh": "tried out" } })).toEqual([]);
});

test("what is said to differ and doesn't is stale, and a reason is one", () => {
  expect(said([shop], { differs: { retention: "enough", lapse: " " } })).toEqual([
    'error stale-difference [staging/differs/retention]: nothing of "retention" differs from production → remove the line',
    "error difference-reason [staging/differs/lapse]: no reason is given → say why it differs",
  ]);
});

test("an environment is like another one that exists", () => {
  expect(said([shop], { like: "prod" })).toEqual([
    'error like-unknown [staging/like]: there is no other environment "prod" → name one of production',
  ]);
});

test("a threshold that a command sets and no environment reads is misspelt, where it is like one of ours", () => {
  const limit = fromVariable("ERROR_RATE_THRESHOLD", {
    default: percent(5),
    bare: "ratio",
    between: [percent(0.1), percent(50)],
  });
  const when = above(ratio(rate(requests.where({ status: /5../ })), rate(requests)), limit);
  const reading = environmentWith([shopWith([errorsHigh({ when })])]);
  const command = { ERRROR_RATE_THRESHOLD: "1", CRASH_REPORT_THRESHOLD: "9", HOME: "/root" };
  const { diagnostics } = compileAll([reading], { ...around, command });
  const way = "is set, and nothing reads it → name one of ERROR_RATE_THRESHOLD, or remove it";
  expect(diagnostics.map(formatDiagnostic).filter((line) => line.includes("variable-unread"))).toEqual([
    `warning variable-unread the command's environment [CRASH_REPORT_THRESHOLD]: CRASH_REPORT_THRESHOLD ${way}`,
    `error variable-unread the command's environment [ERRROR_RATE_THRESHOLD]: ERRROR_RATE_THRESHOLD ${way}`,
  ]);
});

describe("a Datadog organization that is shared", () => {
  const backends = ["datadog"] as const;
  const owner = { ...production, backends };
  const shared = (changes: Partial<Environment>, like: Environment = owner, services: readonly Service[] = [shop]) =>
    said(services, { backends, datadog: { organizationOf: "production" }, ...changes }, like);

  test("is no difference, and leaves the percentiles to its owner", () => {
    expect(shared({})).toEqual([]);
    const kept = (changes: Partial<Environment>) =>
      compileAll([{ ...owner, ...changes }], around).compiled[0]?.data.datadog?.distributions.map(({ key }) => key);
    expect(kept({ datadog: { organizationOf: "production" } })).toEqual([]);
    expect(kept({})).toEqual(["shop-http_request_duration_seconds"]);
  });

  const line = (text: string) => `error datadog-organization [staging/datadog]: ${text}`;

  test("is that of another environment, which has one", () => {
    expect(shared({ datadog: { organizationOf: "prod" } })).toEqual([
      line('no other environment "prod" has a Datadog organization of its own → name one of production'),
    ]);
    expect(shared({ datadog: { organizationOf: "staging" } })).toEqual([
      line('no other environment "staging" has a Datadog organization of its own → name one of production'),
    ]);
    expect(shared({ differs: { "backends/datadog": "it costs" } }, { ...owner, backends: [] })).toEqual([
      line(
        'no other environment "production" has a Datadog organization of its own' +
          " → remove `datadog`: this one owns its organization",
      ),
    ]);
    expect(shared({ backends: [], differs: { "backends/datadog": "it costs" } })).toEqual([
      line("staging has no Datadog to share an organization of → remove `datadog`, or add it to the backends"),
    ]);
  });

  test("keeps the percentiles of every service, or of none", () => {
    const further = { ...shop, name: "bar" };
    expect(shared({ differs: { bar: "it is new" } }, owner, [shop, further])).toEqual([
      line(
        "production, which keeps the percentiles for staging, does not watch bar in Datadog" +
          " → add it to the services of production, or give staging an organization of its own",
      ),
    ]);
  });
});
