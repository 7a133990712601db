import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { every } from "./every";
import type { Faults } from "./fault-switch";
import { operationalRoutes } from "./routes";

const slowMilliseconds = 3000;

/** Makes the shop's own requests fail or take long while a fault says so. */
export function faultRequests(app: FastifyInstance, faults: Faults): void {
  const fails = every(0.3);
  const isSlow = every(0.5);
  app.addHook("preHandler", async (request, reply) => {
    const route = request.routeOptions.url;
    if (route === undefined || operationalRoutes.has(route)) return;
    if (faults.has("latency") && isSlow()) await sleep(slowMilliseconds);
    if (faults.has("errors") && fails()) await reply.code(500).send({ error: "something broke" });
  });
}
