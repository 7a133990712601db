import {
  accessMetrics,
  alertmanagerServerMetrics,
  bytes,
  cacheMetrics,
  clockMetrics,
  count,
  databaseClientMetrics,
  databaseMetrics,
  errorMetrics,
  flows,
  gibibytes,
  happens,
  hostMetrics,
  httpServerMetrics,
  mebibytes,
  nodeRuntimeMetrics,
  openaiMetrics,
  paymentMetrics,
  postgresMetrics,
  prometheusServerMetrics,
  redisMetrics,
  seconds,
  stands,
  takes,
  tellsAge,
  tellsTime,
  type Usual,
  uptimeMetrics,
  websocketMessageMetrics,
  websocketServerMetrics,
} from "@watchbill/model";
import { inkwave } from "../services/inkwave";
import { syncup } from "../services/syncup";
import { tickets } from "../services/tickets";
import { tikit } from "../services/tikit";

/** Three requests in ten thousand fail on a good day: whoever promises 99.9 % has to be better than that. */
const failing = 0.0003;
const answers = { "200": 1 - 0.02 - failing, "404": 0.02, "500": failing };
const routes = { "/": 0.5, "/events/:id": 0.35, "/orders": 0.15 };
const outcome = { success: 1 - failing, error: failing };
const paid = { succeeded: 1 - 0.03 - failing, declined: 0.03, failed: failing };

const { cpuTime, memoryTotal, memoryAvailable, filesystemSize, filesystemAvailable } = hostMetrics;
const rootDisk = { device: { sda1: 1 }, fstype: { ext4: 1 }, mountpoint: { "/": 1 } };
const monitoring = { ...prometheusServerMetrics, ...alertmanagerServerMetrics };
const rarely = { perSecond: 0 };

/**
 * What the metrics read while all is well, where their declarations leave that open. A metric that is missing here gets
 * a guess: counters count one event in fifty requests, gauges stand at 10, durations are in the lower buckets.
 */
export const usual: readonly Usual[] = [
  happens(httpServerMetrics.requests, { perRequest: 1, by: { method: { GET: 1 }, route: routes, status: answers } }),
  takes(httpServerMetrics.duration, { median: seconds(0.04), by: { method: { GET: 1 }, route: routes } }),

  happens(accessMetrics.authenticationAttempts, {
    perRequest: 0.05,
    by: { result: { granted: 1 - 0.08 - failing, denied: 0.08, error: failing } },
  }),
  happens(accessMetrics.rateLimitHits, { perRequest: 0.001 }),
  happens(cacheMetrics.cacheRequests, { perRequest: 2, by: { result: { hit: 0.85, miss: 0.15 } } }),
  happens(errorMetrics.errors, {
    perRequest: 0.0006,
    by: { type: { Error: 1 }, severity: { low: 0.3, medium: 0.4, high: 0.29, critical: 0.01 } },
  }),
  flows(errorMetrics.newErrorTypes, rarely),
  stands(errorMetrics.errorRate, { at: count(0.2, "errors/minute"), withLoad: true }),

  takes(databaseClientMetrics.databaseQueryDuration, { median: seconds(0.008), perRequest: 3 }),
  stands(databaseClientMetrics.databaseConnectionsActive, { at: count(6, "connections"), varies: 0.2, withLoad: true }),
  stands(databaseClientMetrics.databaseConnectionsMax, { at: count(20, "connections"), varies: 0 }),
  happens(databaseMetrics.databaseQueries, { perRequest: 3, by: { status: outcome } }),
  takes(databaseMetrics.databaseQueryDuration, { median: seconds(0.008), perRequest: 3 }),
  happens(databaseMetrics.databaseSlowQueries, { perRequest: 0.0005 }),
  happens(databaseMetrics.databaseConnectionErrors, { perRequest: 0.00002 }),
  stands(databaseMetrics.databasePoolSize, { at: count(20, "connections"), varies: 0 }),
  stands(databaseMetrics.databasePoolAvailable, { at: count(14, "connections"), varies: 0.15 }),

  stands(nodeRuntimeMetrics.heapUsed, { at: mebibytes(220), varies: 0.2 }),
  stands(nodeRuntimeMetrics.heapLimit, { at: mebibytes(512), varies: 0 }),
  stands(nodeRuntimeMetrics.residentMemory, { at: mebibytes(340), varies: 0.1 }),
  stands(nodeRuntimeMetrics.eventLoopLag, { at: seconds(0.012), varies: 0.3 }),
  tellsAge(nodeRuntimeMetrics.processUptime),

  stands(websocketServerMetrics.websocketConnectionsActive, { at: count(150, "connections"), withLoad: true }),
  happens(websocketServerMetrics.websocketConnections, { perRequest: 0.03 }),
  happens(websocketServerMetrics.websocketDisconnects, {
    perRequest: 0.03,
    by: { reason: { client: 0.97, server: 0.02, error: 0.01 } },
  }),
  happens(websocketMessageMetrics.websocketMessages, { perRequest: 4 }),
  happens(websocketMessageMetrics.websocketErrors, { perRequest: 0.0001 }),
  takes(websocketMessageMetrics.websocketMessageDuration, { median: seconds(0.02), perRequest: 4 }),
  stands(websocketMessageMetrics.websocketRooms, { at: count(30, "rooms"), withLoad: true }),

  flows(cpuTime, { perSecond: 1, by: { cpu: { "0": 1 }, mode: { idle: 0.72, system: 0.06, user: 0.22 } } }),
  stands(memoryTotal, { at: gibibytes(8), varies: 0 }),
  stands(memoryAvailable, { at: gibibytes(4), varies: 0.1 }),
  stands(filesystemSize, { at: gibibytes(100), varies: 0, by: rootDisk }),
  stands(filesystemAvailable, { at: gibibytes(58), varies: 0.002, by: rootDisk }),
  tellsTime(clockMetrics.clock),

  stands(uptimeMetrics.success, { at: count(1, "checks"), varies: 0 }),
  stands(uptimeMetrics.duration, { at: seconds(0.18), varies: 0.2 }),
  stands(uptimeMetrics.certificateExpiry, { at: seconds(2e9), varies: 0 }),

  stands(postgresMetrics.postgresUp, { at: count(1, "servers"), varies: 0 }),
  stands(postgresMetrics.postgresConnections, {
    at: count(40, "connections"),
    varies: 0.1,
    by: { datname: { app: 1 }, state: { active: 0.2, idle: 0.8 } },
  }),
  stands(postgresMetrics.postgresMaxConnections, { at: count(100, "connections"), varies: 0 }),
  stands(postgresMetrics.postgresReplicationLag, {
    at: bytes(65536),
    varies: 0.9,
    by: { application_name: { replica: 1 } },
  }),
  stands(redisMetrics.redisUp, { at: count(1, "servers"), varies: 0 }),
  stands(redisMetrics.redisMemoryUsed, { at: mebibytes(300), varies: 0.02 }),
  stands(redisMetrics.redisMemoryMax, { at: mebibytes(1024), varies: 0 }),

  flows(monitoring.ruleFailures, { ...rarely, by: { rule_group: { all: 1 } } }),
  stands(monitoring.ruleGroupDuration, { at: seconds(0.05), by: { rule_group: { all: 1 } } }),
  stands(monitoring.ruleGroupInterval, { at: seconds(15), varies: 0, by: { rule_group: { all: 1 } } }),
  flows(monitoring.alertsDropped, rarely),
  stands(monitoring.prometheusConfigLoaded, { at: count(1, "reloads"), varies: 0 }),
  stands(monitoring.alertmanagerConfigLoaded, { at: count(1, "reloads"), varies: 0 }),
  flows(monitoring.writesFailed, rarely),
  flows(monitoring.notificationsFailed, { ...rarely, by: { integration: { slack: 1 } } }),

  happens(tickets.own.ordersCreated, {
    perRequest: 0.02,
    by: { status: { paid: 0.92 - failing, declined: 0.03, failed: failing, cancelled: 0.05 } },
  }),
  happens(tickets.own.ticketsSold, { perRequest: 0.03 }),
  happens(tikit.own.purchased, { perRequest: 0.03 }),
  happens(paymentMetrics.payments, { perRequest: 0.02, by: { status: paid } }),
  happens(inkwave.own.orders, { perRequest: 0.02, by: { status: { placed: 1 - failing, failed: failing } } }),
  happens(openaiMetrics.openaiCalls, { perRequest: 0.05, by: { status: outcome } }),
  takes(openaiMetrics.openaiDuration, { median: seconds(0.8), perRequest: 0.05 }),
  happens(syncup.own.slackEvents, { perRequest: 0.02, by: { status: outcome } }),
];
