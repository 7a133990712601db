import { once } from "node:events";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { openShop, type Shop } from "../../../examples/ticket-shop/src/shop";

// The shop's own ws: the one at the root may be another program's, and older.
const { WebSocket } = createRequire(require.resolve("ticket-shop/package.json"))("ws") as typeof import("ws");

let shop: Shop;
beforeEach(async () => {
  shop = await openShop({ host: "127.0.0.1", port: 0, faultsFile: undefined }, () => {});
});
afterEach(() => shop.close());

const get = (path: string) => fetch(shop.url + path);
const order = (body: unknown) =>
  fetch(`${shop.url}/orders`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
const two = { event: "derby-final", tickets: 2 };
/** All series that are not 0, by their text. */
async function counted(): Promise<Record<string, number>> {
  const lines = (await (await get("/metrics")).text()).split("\n").filter((line) => /^[a-z].* [^ ]+$/.test(line));
  const series = lines.map((line): [string, number] => [
    line.slice(0, line.lastIndexOf(" ")),
    Number(line.slice(line.lastIndexOf(" "))),
  ]);
  return Object.fromEntries(series.filter(([, value]) => value !== 0));
}

describe("a shop that is well", () => {
  test("shows a front page, its events and one event", async () => {
    expect(await (await get("/")).text()).toContain("Derby Final</a>, City Ground: $60");
    expect(((await (await get("/events")).json()) as { events: unknown[] }).events).toHaveLength(6);
    expect(await (await get("/events/derby-final")).json()).toMatchObject({ id: "derby-final", price: 60 });
    expect((await get("/events/nothing")).status).toBe(404);
  });

  test("sells tickets, and counts the order, the tickets and the dollars", async () => {
    const response = await order(two);
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ id: 1, event: "derby-final", tickets: 2, total: 120, status: "paid" });
    expect(await counted()).toMatchObject({
      'orders_created_total{status="paid"}': 1,
      'tickets_sold_total{event="derby-final"}': 2,
      revenue_dollars_total: 120,
      'db_query_duration_seconds_count{operation="insert_order"}': 1,
      'db_query_duration_seconds_count{operation="update_order"}': 1,
    });
  });

  test.each([
    [{ event: "derby-final", tickets: 0 }, 400],
    [{ event: "derby-final" }, 400],
    [{ event: "nothing", tickets: 1 }, 404],
  ])("refuses the order %j with %i and sells nothing", async (body, status) => {
    expect((await order(body)).status).toBe(status);
    const series = Object.keys(await counted());
    expect(series.filter((name) => /orders_created|tickets_sold/.test(name))).toEqual([]);
  });

  test("counts requests by template, whatever the address was, and the scrapes not at all", async () => {
    await get("/events/derby-final?x=1");
    await get("/events/winter-circus");
    await get("/secret/4711");
    await get("/health");
    await get("/metrics");
    const series = Object.entries(await counted()).filter(([name]) => name.startsWith("http_requests_total"));
    expect(Object.fromEntries(series)).toEqual({
      'http_requests_total{method="GET",route="/events/:id",status="200"}': 2,
      'http_requests_total{method="GET",route="unmatched",status="404"}': 1,
      'http_requests_total{method="GET",route="/health",status="200"}': 1,
    });
  });

  test("tells a client that left before the answer apart, as 499", async () => {
    shop.faults.set(["latency"]);
    const left = 'http_requests_total{method="GET",route="/",status="499"}';
    // On a busy machine an answer may be as late as its request, and come before who asked has left.
    for (let tries = 0; tries < 20 && !(left in (await counted())); tries++) {
      await Promise.allSettled([1, 2, 3].map(() => fetch(`${shop.url}/`, { signal: AbortSignal.timeout(100) })));
      await sleep(50);
    }
    expect(await counted()).toHaveProperty([left]);
  });

  test("says how it is", async () => {
    const health = (await (await get("/health")).json()) as Record<string, unknown>;
    expect(health).toMatchObject({ status: "ok", checks: { database: { status: "ok" } } });
    expect(Object.keys(health.memoryBytes as object)).toEqual(["heapUsed", "heapTotal", "rss"]);
    expect((await get("/ready")).status).toBe(200);
  });

  test("counts WebSocket clients as they come and go", async () => {
    const socket = new WebSocket(`${shop.url.replace("http", "ws")}/ws`);
    await once(socket, "message");
    expect(await counted()).toMatchObject({ active_websocket_connections: 1, websocket_connections_total: 1 });
    socket.close();
    await once(socket, "close");
    await sleep(20);
    const after = await counted();
    expect(after).toMatchObject({ 'websocket_disconnects_total{reason="client"}': 1 });
    expect(after).not.toHaveProperty("active_websocket_connections");
  });

  test("refuses a WebSocket at another address, and a plain request at /ws", async () => {
    const socket = new WebSocket(`${shop.url.replace("http", "ws")}/else`);
    const [error] = (await once(socket, "error").catch((reason) => [reason])) as [Error];
    expect(error.message).toBe("Unexpected server response: 404");
    expect((await get("/ws")).status).toBe(426);
  });
});
test("a bank declines a few cards, which is no failure of the shop's", async () => {
  const statuses = await Promise.all(Array.from({ length: 40 }, async () => (await order(two)).status));
  const declined = statuses.filter((status) => status === 402).length;
  expect(declined).toBeGreaterThan(0);
  expect(declined).toBeLessThan(4);
  const series = await counted();
  expect(series).toMatchObject({ 'orders_created_total{status="declined"}': declined });
  expect(Object.keys(series)).not.toContain('orders_created_total{status="failed"}');
});

describe("a fault", () => {
  test("errors: three of ten requests answer 500, the operational ones never", async () => {
    shop.faults.set(["errors"]);
    const statuses = await Promise.all(Array.from({ length: 100 }, async () => (await get("/events")).status));
    expect(statuses.filter((status) => status === 500).length).toBeGreaterThan(25);
    expect(statuses.filter((status) => status === 500).length).toBeLessThan(35);
    const operational = await Promise.all(Array.from({ length: 20 }, async () => (await get("/health")).status));
    expect(operational.every((status) => status === 200)).toBe(true);
  });

  test("latency: half of the requests take 3 s longer, and the histogram says so", async () => {
    shop.faults.set(["latency"]);
    await Promise.all(Array.from({ length: 10 }, () => get("/events")));
    const buckets = await counted();
    expect(buckets['http_request_duration_seconds_bucket{le="2",method="GET",route="/events"}']).toBe(5);
    expect(buckets['http_request_duration_seconds_bucket{le="5",method="GET",route="/events"}']).toBe(10);
  });

  test("payments: eight of ten orders fail with 402 and sell nothing", async () => {
    shop.faults.set(["payments"]);
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await order(two)).status));
    const failed = statuses.filter((status) => status === 402).length;
    expect(failed).toBeGreaterThanOrEqual(15);
    expect(failed).toBeLessThanOrEqual(17);
    expect(await counted()).toMatchObject({
      'orders_created_total{status="failed"}': failed,
      'tickets_sold_total{event="derby-final"}': (20 - failed) * 2,
    });
  });

  test("database: all connections are taken, requests give up with 503, /ready says no, /health still answers", async () => {
    shop.faults.set(["database"]);
    const [events, ready, health, metrics] = await Promise.all([
      get("/events"),
      get("/ready"),
      get("/health"),
      counted(),
    ]);
    expect([events.status, ready.status, health.status]).toEqual([503, 503, 200]);
    expect(await ready.json()).toMatchObject({
      status: "not ready",
      checks: { database: { status: "failing", reason: "no database connection became free within 500 ms" } },
    });
    expect(await health.json()).toMatchObject({ status: "ok", checks: { database: { status: "failing" } } });
    expect(metrics.db_connections_active).toBe(metrics.db_connections_max);
    shop.faults.set([]);
    expect((await get("/ready")).status).toBe(200);
  });

  test("disconnects: the server drops its clients, and says that it was an error", async () => {
    const socket = new WebSocket(`${shop.url.replace("http", "ws")}/ws`);
    await once(socket, "message");
    shop.faults.set(["disconnects"]);
    await once(socket, "close");
    await sleep(20);
    expect(await counted()).toMatchObject({ 'websocket_disconnects_total{reason="error"}': 1 });
  });

  test("no-sales: orders are cancelled, nothing is sold, and every answer is a success", async () => {
    shop.faults.set(["no-sales"]);
    expect((await order(two)).status).toBe(200);
    const series = await counted();
    expect(series).toMatchObject({ 'orders_created_total{status="cancelled"}': 1 });
    expect(Object.keys(series).filter((name) => /tickets_sold|revenue|status="5/.test(name))).toEqual([]);
  });

  test("down: connections are refused and WebSocket clients sent away, until it is mended", async () => {
    const socket = new WebSocket(`${shop.url.replace("http", "ws")}/ws`);
    await once(socket, "message");
    const url = shop.url;
    shop.faults.set(["down"]);
    const [code] = await once(socket, "close");
    expect(code).toBe(1001);
    await expect(fetch(url)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
    shop.faults.set([]);
    while (!/:[1-9]\d*$/.test(shop.url)) await sleep(5);
    expect(await counted()).toMatchObject({ 'websocket_disconnects_total{reason="server"}': 1 });
  });
});
