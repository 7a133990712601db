import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { catalogue } from "../../../examples/ticket-shop/src/catalogue";
import { Listeners } from "../../../examples/ticket-shop/src/listeners";
import { openShop } from "../../../examples/ticket-shop/src/shop";
import { Visitors } from "../../../examples/ticket-shop/src/visitors";
import { visit } from "../../../examples/ticket-shop/src/visits";

test("one request in five is an order, and every event is looked at and sold", () => {
  const visits = Array.from({ length: 600 }, (_, number) => visit(number));
  const orders = visits.flatMap((one) => (one.method === "POST" ? [one.body.event] : []));
  expect(orders).toHaveLength(120);
  expect([...new Set(orders)].sort()).toEqual(catalogue.map(({ id }) => id).sort());
  expect(new Set(visits.map(({ path }) => path)).size).toBe(catalogue.length + 3);
});

test("visitors keep their rate, log once that the shop is gone and once that it is back", async () => {
  const server = createServer((_request, response) => response.end());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  let requests = 0;
  server.on("request", () => requests++);
  const lines: string[] = [];
  const shop = `http://127.0.0.1:${port}`;
  const visitors = new Visitors(new URL(shop), 50, (line) => lines.push(line));
  const start = performance.now();
  visitors.start();
  await sleep(1000);
  const due = ((performance.now() - start) / 1000) * 50;
  expect(requests).toBeGreaterThan(due * 0.5);
  expect(requests).toBeLessThan(due * 1.5);

  const said = async (count: number) => {
    for (const end = Date.now() + 20_000; lines.length < count && Date.now() < end; ) await sleep(10);
  };
  server.close();
  server.closeAllConnections();
  await said(2);
  server.listen(port, "127.0.0.1");
  await said(3);
  visitors.stop();
  expect(lines).toEqual([`load: ${shop} answers`, `load: ${shop} does not answer; going on`, `load: ${shop} answers`]);
  server.close();
  server.closeAllConnections();
});

test("visitors stay away while a hundred requests are under way", async () => {
  let requests = 0;
  const server = createServer(() => requests++);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const visitors = new Visitors(new URL(`http://127.0.0.1:${port}`), 1000, () => {});
  visitors.start();
  for (const end = Date.now() + 20_000; requests < 100 && Date.now() < end; ) await sleep(10);
  await sleep(200);
  visitors.stop();
  expect(requests).toBe(100);
  server.close();
  server.closeAllConnections();
});

test("listeners come back when they were dropped", async () => {
  const shop = await openShop({ host: "127.0.0.1", port: 0, faultsFile: undefined }, () => {});
  const listeners = new Listeners(new URL(shop.url), 3);
  const opened = async () =>
    Number(/^websocket_connections_total (\d+)$/m.exec(await (await fetch(`${shop.url}/metrics`)).text())![1]);
  try {
    listeners.start();
    while ((await opened()) < 3) await sleep(20);
    shop.faults.set(["disconnects"]);
    while ((await opened()) < 5) await sleep(20);
  } finally {
    listeners.stop();
    await shop.close();
  }
});
