import { getHeapStatistics } from "node:v8";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { catalogue } from "./catalogue";
import { routes } from "./routes";

/** The names of all metrics that the shop registers beside prom-client's default ones. */
export const metricNames = {
  requests: "http_requests_total",
  requestDuration: "http_request_duration_seconds",
  queryDuration: "db_query_duration_seconds",
  connectionsActive: "db_connections_active",
  connectionsMax: "db_connections_max",
  ticketsSold: "tickets_sold_total",
  ordersCreated: "orders_created_total",
  revenue: "revenue_dollars_total",
  websocketsActive: "active_websocket_connections",
  websocketsOpened: "websocket_connections_total",
  websocketsClosed: "websocket_disconnects_total",
  heapSizeLimit: "nodejs_heap_size_limit_bytes",
  processUptime: "process_uptime_seconds",
} as const;

export const operations = ["select_events", "select_event", "insert_order", "update_order", "ping"] as const;
export type Operation = (typeof operations)[number];

export const orderStatuses = ["paid", "declined", "failed", "cancelled"] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export const disconnectReasons = ["client", "server", "error"] as const;
export type DisconnectReason = (typeof disconnectReasons)[number];

export type Metrics = ReturnType<typeof registerMetrics>;

/** Registers everything in a registry of its own, each enumerable combination of labels at 0. */
export function registerMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const metrics = {
    registry,
    requests: new Counter({
      name: metricNames.requests,
      help: "HTTP requests answered, by route template; 499 is a client that left first.",
      labelNames: ["method", "route", "status"],
      registers,
    }),
    requestDuration: new Histogram({
      name: metricNames.requestDuration,
      help: "Seconds from a request to the end of its answer.",
      labelNames: ["method", "route"],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10],
      registers,
    }),
    queryDuration: new Histogram({
      name: metricNames.queryDuration,
      help: "Seconds of a query, waiting for a connection included.",
      labelNames: ["operation"],
      buckets: [0.01, 0.05, 0.1, 0.5, 1],
      registers,
    }),
    connectionsActive: new Gauge({
      name: metricNames.connectionsActive,
      help: "Database connections in use.",
      registers,
    }),
    connectionsMax: new Gauge({
      name: metricNames.connectionsMax,
      help: "Database connections that the pool may open.",
      registers,
    }),
    ticketsSold: new Counter({
      name: metricNames.ticketsSold,
      help: "Tickets sold.",
      labelNames: ["event"],
      registers,
    }),
    ordersCreated: new Counter({
      name: metricNames.ordersCreated,
      help: "Orders, by how they ended.",
      labelNames: ["status"],
      registers,
    }),
    revenue: new Counter({ name: metricNames.revenue, help: "Dollars taken.", registers }),
    websocketsActive: new Gauge({ name: metricNames.websocketsActive, help: "Open WebSocket connections.", registers }),
    websocketsOpened: new Counter({
      name: metricNames.websocketsOpened,
      help: "WebSocket connections opened.",
      registers,
    }),
    websocketsClosed: new Counter({
      name: metricNames.websocketsClosed,
      help: "WebSocket connections closed, by who ended them.",
      labelNames: ["reason"],
      registers,
    }),
    heapSizeLimit: new Gauge({
      name: metricNames.heapSizeLimit,
      help: "Bytes that V8's heap may grow to.",
      registers,
    }),
    processUptime: new Gauge({
      name: metricNames.processUptime,
      help: "Seconds since the process started.",
      registers,
      collect() {
        this.set(process.uptime());
      },
    }),
  };

  for (const { method, route, statuses } of routes) {
    for (const status of statuses) metrics.requests.inc({ method, route, status }, 0);
    metrics.requestDuration.zero({ method, route });
  }
  for (const operation of operations) metrics.queryDuration.zero({ operation });
  for (const { id } of catalogue) metrics.ticketsSold.inc({ event: id }, 0);
  for (const status of orderStatuses) metrics.ordersCreated.inc({ status }, 0);
  for (const reason of disconnectReasons) metrics.websocketsClosed.inc({ reason }, 0);
  metrics.heapSizeLimit.set(getHeapStatistics().heap_size_limit);
  return metrics;
}
