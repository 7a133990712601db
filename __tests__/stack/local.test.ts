import type { Message } from "../../lib/inbox/message";
import { eventually, LocalStack } from "../support/local-stack";

/** The whole way, for real: deployed by Terraform, paged by Alertmanager. Each step stands on the one before. */
const stack = new LocalStack();

jest.setTimeout(180_000);

afterAll(() => {
  stack.run("down", "--purge");
  for (const id of stack.processes()) process.kill(id, "SIGKILL");
  stack.remove();
});

let last = "0";
/** All that arrived but heartbeats, which never cease. */
const messages = async () =>
  (await stack.json<readonly Message[]>(9099, `/messages?since=${last}`)).filter(
    ({ channel }) => channel !== "heartbeat",
  );

/** The first message after those that were looked for before. */
const arrives = (title: string, status: Message["status"], channel: Message["channel"], seconds: number) =>
  eventually(`${status} "${title}" by ${channel}`, seconds, async () =>
    (await messages()).find(
      (one) => one.title.includes(title) && one.status === status && one.channel === channel && !one.refused,
    ),
  );

/** The limit of DatabasePoolUsageHigh, in the rule that Prometheus evaluates. */
async function poolLimit(): Promise<string | undefined> {
  const rules = JSON.stringify(await stack.json<unknown>(9090, "/api/v1/rules?type=alert"));
  return /db_connections_max[^>]+> ([\d.]+)/.exec(rules)?.[1];
}

const startTime = () => stack.value('process_start_time_seconds{job="prometheus"}');

test("up brings everything up and says where it is", () => {
  const { code, printed } = stack.run("up");
  expect(printed).toContain("15 added, 0 changed, 0 destroyed");
  for (const name of ["prometheus", "alertmanager", "blackbox", "node", "shop", "inbox"]) {
    expect(printed).toMatch(new RegExp(`^ +${name} +http://127\\.0\\.0\\.1:\\d+ .*ready$`, "m"));
  }
  expect(code).toBe(0);
});

test("up again changes nothing", () => {
  const { code, printed } = stack.run("up");
  expect(printed).toContain("nothing had to change");
  expect(code).toBe(0);
});

test("status names every server's address, version and readiness as JSON", () => {
  const { printed, code } = stack.run("status", "--json");
  const servers = JSON.parse(printed) as { name: string; url?: string; version: string; ready: boolean }[];
  expect(servers.map(({ name }) => name).sort()).toEqual([
    "alertmanager",
    "blackbox",
    "inbox",
    "node",
    "prometheus",
    "shop",
    "shop-load",
  ]);
  for (const server of servers) expect(server).toMatchObject({ ready: true, version: expect.stringMatching(/\d/) });
  expect(code).toBe(0);
});

test("nobody is called while the shop is well", async () => {
  await new Promise((resolve) => setTimeout(resolve, 15_000));
  expect(await messages()).toEqual([]);
});

test("payments break: the page arrives by every channel of its severity", async () => {
  expect(stack.run("break", "payments").code).toBe(0);
  const page = await arrives("Payments are failing", "firing", "pagerduty", 60);
  await arrives("Payments are failing", "firing", "slack", 10);
  await arrives("Payments are failing", "firing", "email", 10);
  expect(page.severity).toBe("critical");
  expect(page.links?.some(({ url }) => url.endsWith("/payment-failure-ratio-high.md"))).toBe(true);
  expect(stack.run("inbox").printed).toContain("tickets: Payments are failing");
});

test("payments are mended: the resolution arrives", async () => {
  expect(stack.run("mend").code).toBe(0);
  await arrives("Payments are failing", "resolved", "pagerduty", 60);
  last = (await messages()).at(-1)?.id ?? last;
});

test("a changed threshold is live with no restart and no lost sample", async () => {
  const before = { start: await startTime(), at: await stack.value("vector(time())") };
  stack.edit("services/tickets.ts", "pool: { above: percent(80)", "pool: { above: percent(81)");
  expect(stack.run("up").code).toBe(0);
  expect(await poolLimit()).toBe("0.81");
  expect(await startTime()).toBe(before.start);
  // Scraped each half second throughout: one sample may fall on either edge.
  const span = Math.floor((await stack.value("vector(time())")) - before.at);
  expect(await stack.value(`count_over_time(up{job="tickets"}[${span}s])`)).toBeGreaterThanOrEqual(span * 2 - 1);
  // A scrape may be too slow while Terraform has both processors; a restart would cost more than one.
  expect(await stack.value(`sum_over_time(up{job="tickets"}[${span}s])`)).toBeGreaterThanOrEqual(span * 2 - 2);
});

test("a shop whose source has changed is started again, and nothing else is", async () => {
  const scripts = ["examples/ticket-shop/src/main.ts", "lib/inbox/main.ts", "--storage.tsdb.path"];
  const before = scripts.map((words) => stack.processOf(words));
  stack.edit("examples/ticket-shop/src/health.ts", "import", "// A change.\nimport");
  expect(stack.run("up").code).toBe(0);
  const after = scripts.map((words) => stack.processOf(words));
  expect(after.map((id, index) => id === before[index])).toEqual([false, true, true]);
});

test("a rule that Prometheus would refuse never replaces a good one", async () => {
  stack.edit("lib/backends/prometheus/alert-rule.ts", "expr: printTest(", 'expr: "sum(" + printTest(');
  const { code, printed } = stack.run("up");
  stack.edit("lib/backends/prometheus/alert-rule.ts", 'expr: "sum(" + printTest(', "expr: printTest(");
  expect(code).toBe(1);
  expect(printed).toContain("parse error");
  expect(printed).toContain("Nothing was deployed.");
  expect(await poolLimit()).toBe("0.81");
});

test.each([
  ["prometheus", "--storage.tsdb.path", 9090, "/-/ready"],
  ["alertmanager", "--cluster.listen-address", 9093, "/-/ready"],
  ["the shop", "examples/ticket-shop/src/main.ts", 3000, "/health"],
])("%s is back within 5 s of a kill -9", async (_, words, port, path) => {
  const id = stack.processOf(words);
  process.kill(id, "SIGKILL");
  const start = Date.now();
  await eventually("ready again", 20, async () => {
    if (stack.processes().includes(id)) return undefined;
    return (await fetch(stack.url(port, path))).ok ? true : undefined;
  });
  expect((Date.now() - start) / 1000).toBeLessThan(5);
});

test("what was scraped before the kill is still there", async () => {
  const first = await stack.value('timestamp(process_start_time_seconds{job="prometheus"} offset 20s)');
  expect(first).toBeGreaterThan(0);
});

test("a page that is raised while Alertmanager is away arrives once it is back", async () => {
  last = (await messages()).at(-1)?.id ?? last;
  const id = stack.processOf("--cluster.listen-address");
  // Stopped, not ended: it answers nobody, and its manager leaves it alone.
  process.kill(id, "SIGSTOP");
  stack.run("break", "payments");
  await eventually("Prometheus fires", 60, async () =>
    (await stack.value('count(ALERTS{alertname="PaymentFailureRatioHigh",alertstate="firing"})')) > 0
      ? true
      : undefined,
  );
  process.kill(id, "SIGKILL");
  await arrives("Payments are failing", "firing", "pagerduty", 60);
  stack.run("mend");
});

test("a server that is taken out of the declaration is ended, and nothing else is", () => {
  const scripts = ["lib/inbox/main.ts", "--storage.tsdb.path"];
  const before = scripts.map((words) => stack.processOf(words));
  const load = / {4}\{\n {6}name: "shop-load",.*?\n {4}\},\n/s.exec(stack.read("environments/local.ts"))![0];
  stack.edit("environments/local.ts", load, "");
  const { code, printed } = stack.run("up");
  expect(printed).toContain("1 added, 0 changed, 3 destroyed");
  expect(code).toBe(0);
  expect(() => stack.processOf("examples/ticket-shop/src/load.ts")).toThrow("0 processes of");
  expect(scripts.map((words) => stack.processOf(words))).toEqual(before);
});

test("down leaves nothing running, and the data in its place, also in the middle of a change", () => {
  stack.edit("services/tickets.ts", "export const", "export cnst");
  const { code, printed } = stack.run("down");
  expect(printed).toContain("13 destroyed");
  expect(code).toBe(0);
  expect(stack.processes()).toEqual([]);
});
