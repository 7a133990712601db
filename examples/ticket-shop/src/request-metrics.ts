import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Metrics } from "./metrics";

/** A client may send any method it likes; only these become label values of their own. */
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** The convention of nginx for a client that left before its answer was there. */
const clientClosedRequest = 499;

/** Counts and times every request but the scrapes themselves. */
export function countRequests(app: FastifyInstance, metrics: Metrics): void {
  const counted = new WeakSet<FastifyRequest>();
  const count = (request: FastifyRequest, status: number, seconds: number): void => {
    const route = request.routeOptions.url ?? "unmatched";
    if (route === "/metrics" || counted.has(request)) return;
    counted.add(request);
    const method = methods.has(request.method) ? request.method : "other";
    metrics.requests.inc({ method, route, status });
    metrics.requestDuration.observe({ method, route }, seconds);
  };
  const started = new WeakMap<FastifyRequest, number>();

  app.addHook("onRequest", async (request) => {
    started.set(request, performance.now());
  });
  app.addHook("onResponse", async (request: FastifyRequest, reply: FastifyReply) => {
    count(request, reply.statusCode, reply.elapsedTime / 1000);
  });
  app.addHook("onRequestAbort", async (request) => {
    count(request, clientClosedRequest, (performance.now() - (started.get(request) ?? performance.now())) / 1000);
  });
}
