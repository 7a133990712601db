import { catalogue } from "../../../examples/ticket-shop/src/catalogue";
import { metricNames, registerMetrics } from "../../../examples/ticket-shop/src/metrics";

const text = () => registerMetrics().registry.metrics();

test("every metric exists before anything happened", async () => {
  const exposed = await text();
  for (const name of Object.values(metricNames)) expect(exposed).toMatch(new RegExp(`^${name}(_count)?[{ ]`, "m"));
});

test.each([
  'http_requests_total{method="POST",route="/orders",status="402"}',
  'http_requests_total{method="GET",route="/ready",status="503"}',
  'http_requests_total{method="GET",route="unmatched",status="404"}',
  'http_request_duration_seconds_count{method="GET",route="/events/:id"}',
  'db_query_duration_seconds_count{operation="update_order"}',
  'orders_created_total{status="paid"}',
  'orders_created_total{status="declined"}',
  'orders_created_total{status="failed"}',
  'orders_created_total{status="cancelled"}',
  'websocket_disconnects_total{reason="error"}',
  "websocket_connections_total",
  "revenue_dollars_total",
])("%s starts at 0", async (series) => {
  expect((await text()).split("\n")).toContain(`${series} 0`);
});

test("each event on sale has its ticket counter, and no other event has one", async () => {
  const events = [...(await text()).matchAll(/^tickets_sold_total\{event="([^"]+)"\} 0$/gm)].map((match) => match[1]);
  expect(events).toEqual(catalogue.map(({ id }) => id));
});

test("the buckets are those that the thresholds of the alerts lie on", async () => {
  const bounds = (exposed: string, series: RegExp) => [...exposed.matchAll(series)].map((match) => match[1]);
  const exposed = await text();
  expect(bounds(exposed, /^http_request_duration_seconds_bucket\{le="([^"]+)",method="GET",route="\/"\}/gm)).toEqual([
    "0.01",
    "0.05",
    "0.1",
    "0.25",
    "0.5",
    "1",
    "2",
    "3",
    "5",
    "10",
    "+Inf",
  ]);
  expect(bounds(exposed, /^db_query_duration_seconds_bucket\{le="([^"]+)",operation="ping"\}/gm)).toEqual([
    "0.01",
    "0.05",
    "0.1",
    "0.5",
    "1",
    "+Inf",
  ]);
});

test("the heap's limit and the default process metrics are there", async () => {
  const exposed = await text();
  expect(Number(/^nodejs_heap_size_limit_bytes (\d+)$/m.exec(exposed)![1])).toBeGreaterThan(2 ** 26);
  expect(exposed).toMatch(/^process_resident_memory_bytes \d+$/m);
});
