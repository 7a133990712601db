import { createServer, type Server } from "node:http";
import Fastify, { type FastifyInstance } from "fastify";
import { catalogue, findShow } from "./catalogue";
import { type Database, PoolExhausted } from "./database";
import type { Faults } from "./fault-switch";
import { frontPage } from "./front-page";
import { checkDatabase, health } from "./health";
import type { Metrics, OrderStatus } from "./metrics";
import type { Orders } from "./orders";
import { faultRequests } from "./request-faults";
import { countRequests } from "./request-metrics";

export interface AppParts {
  readonly database: Database;
  readonly orders: Orders;
  readonly metrics: Metrics;
  readonly faults: Faults;
}

const statusOfOrder: Record<OrderStatus, number> = { paid: 201, declined: 402, failed: 402, cancelled: 200 };

const orderBody = {
  type: "object",
  required: ["event", "tickets"],
  properties: { event: { type: "string" }, tickets: { type: "integer", minimum: 1, maximum: 8 } },
};

/** The shop's HTTP side, ready to be listened with: `server` takes its requests once it listens. */
export async function buildApp(parts: AppParts): Promise<{ app: FastifyInstance; server: Server }> {
  const { database, orders, metrics, faults } = parts;
  // Fastify closes its own server for good; the fault `down` needs one that can listen again.
  const server = createServer();
  const app = Fastify({
    serverFactory: (handler) => server.on("request", handler),
    forceCloseConnections: true,
  });
  countRequests(app, metrics);
  faultRequests(app, faults);

  app.get("/", async (_request, reply) => {
    await database.query("select_events");
    return reply.type("text/html; charset=utf-8").send(frontPage(catalogue));
  });
  app.get("/events", async () => {
    await database.query("select_events");
    return { events: catalogue };
  });
  app.get<{ Params: { id: string } }>("/events/:id", async (request, reply) => {
    await database.query("select_event");
    return findShow(request.params.id) ?? reply.code(404).send({ error: "no such event" });
  });
  app.post<{ Body: { event: string; tickets: number } }>(
    "/orders",
    { schema: { body: orderBody } },
    async (request, reply) => {
      const show = findShow(request.body.event);
      if (show === undefined) return reply.code(404).send({ error: "no such event" });
      const order = await orders.place(show, request.body.tickets);
      return reply.code(statusOfOrder[order.status]).send(order);
    },
  );
  app.get("/ws", async (_request, reply) => reply.code(426).send({ error: "this address speaks WebSocket" }));

  app.get("/health", async () => health(database));
  app.get("/ready", async (_request, reply) => {
    const check = await checkDatabase(database);
    const ready = check.status === "ok";
    return reply.code(ready ? 200 : 503).send({ status: ready ? "ready" : "not ready", checks: { database: check } });
  });
  app.get("/metrics", async (_request, reply) => {
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });

  app.setErrorHandler<Error & { statusCode?: number }>(async (error, _request, reply) => {
    const status = error instanceof PoolExhausted ? 503 : (error.statusCode ?? 500);
    return reply.code(status).send({ error: error.message });
  });
  await app.ready();
  return { app, server };
}
