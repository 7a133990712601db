import { Database, PoolExhausted } from "../../../examples/ticket-shop/src/database";
import { registerMetrics } from "../../../examples/ticket-shop/src/metrics";

const gauge = async (metrics: ReturnType<typeof registerMetrics>, name: string) =>
  (await metrics.registry.getSingleMetric(name)!.get()).values[0]!.value;

test("no more queries run at once than there are connections; the others wait their turn", async () => {
  const database = new Database(registerMetrics(), { max: 2 });
  const order: number[] = [];
  const queries = [0, 1, 2, 3, 4].map((number) => database.query("insert_order").then(() => order.push(number)));
  expect(database.active).toBe(2);
  await Promise.all(queries);
  expect(order).toEqual([0, 1, 2, 3, 4]);
  expect(database.active).toBe(0);
});

test("a query that gets no connection in time gives up, and leaves the queue", async () => {
  const database = new Database(registerMetrics(), { max: 1, patience: 30 });
  database.exhaust(true);
  await expect(database.query("ping")).rejects.toThrow(new PoolExhausted(30));
  database.exhaust(false);
  await new Promise(setImmediate);
  expect(database.active).toBe(0);
});

test("an exhausted pool is full at once, waiting queries run when it is mended", async () => {
  const metrics = registerMetrics();
  const database = new Database(metrics, { max: 3, patience: 1000 });
  database.exhaust(true);
  database.exhaust(true);
  expect(await gauge(metrics, "db_connections_active")).toBe(3);
  expect(await gauge(metrics, "db_connections_max")).toBe(3);
  const waiting = database.query("ping");
  database.exhaust(false);
  await waiting;
  expect(await gauge(metrics, "db_connections_active")).toBe(0);
});

test("exhaustion comes before those who wait, so that it holds within one query's time", async () => {
  const database = new Database(registerMetrics(), { max: 1, patience: 100 });
  const running = database.query("insert_order");
  const late = database.query("insert_order");
  database.exhaust(true);
  await running;
  await expect(late).rejects.toThrow("no database connection became free within 100 ms");
  database.exhaust(false);
});

test("the time of a query includes its wait for a connection, also when it gives up", async () => {
  const metrics = registerMetrics();
  const database = new Database(metrics, { max: 1, patience: 60 });
  database.exhaust(true);
  await database.query("ping").catch(() => {});
  database.exhaust(false);
  const { values } = await metrics.queryDuration.get();
  const sum = values.find(({ metricName, labels }) => metricName?.endsWith("_sum") && labels.operation === "ping")!;
  expect(sum.value).toBeGreaterThanOrEqual(0.05);
});
