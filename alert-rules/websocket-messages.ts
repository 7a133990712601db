import {
  above,
  count,
  givenAtLeast,
  increase,
  mean,
  minutes,
  pack,
  panel,
  plus,
  quantile,
  rate,
  ratio,
  sum,
  websocketMessageMetrics,
  websocketServerMetrics,
} from "@watchbill/model";
import { levels, type Measure } from "./measure";

const {
  websocketMessages: messages,
  websocketErrors: errors,
  websocketMessageDuration: delivery,
  websocketRooms: rooms,
} = websocketMessageMetrics;
const window = { over: minutes(5) } as const;
const failed = increase(errors, window);
const attempts = plus(failed, increase(websocketServerMetrics.websocketConnections, window));
const errorRatio = ratio(failed, attempts);

/** What goes over the connections: messages, how long they take, and connections that meet an error. */
export function websocketMessages(watch: {
  readonly errors?: Measure<"ratio">;
  readonly latency?: Measure<"seconds">;
}) {
  return pack("websocket-messages", {
    metrics: { ...websocketServerMetrics, ...websocketMessageMetrics },
    alerts: [
      ...levels("WebSocketErrorRatioHigh", watch.errors, {
        when: (limit) => givenAtLeast(count(20, "connections"), attempts, above(errorRatio, limit)),
        summary: "WebSocket connections fail.",
        milder: "Some WebSocket connections fail.",
        description: "{value} of connections met an error within 5 minutes; more than {threshold} is too many.",
        panel: "websocket-errors",
        runbook: "websocket-error-ratio-high",
      }),
      ...levels("WebSocketLatencyHigh", watch.latency, {
        when: (limit) => givenAtLeast(count(20, "messages"), increase(messages), above(mean(delivery), limit)),
        summary: "Messages arrive late.",
        milder: "Messages arrive a little late.",
        description: "A message takes {value} on average; more than {threshold} is too long.",
        panel: "websocket-latency",
        runbook: "websocket-latency-high",
      }),
    ],
    panels: [
      panel("websocket-errors", {
        title: "Connections that fail",
        description: "Of connections tried within 5 minutes, the share that met an error.",
        on: "websocket",
        section: "Connections",
        series: [{ legend: "failing", of: errorRatio }],
      }),
      panel("websocket-rooms", {
        title: "Rooms",
        description: "Rooms with somebody in them.",
        on: "websocket",
        section: "Connections",
        series: [{ legend: "rooms", of: sum(rooms) }],
      }),
      panel("websocket-messages", {
        title: "Messages",
        description: "Messages sent and received.",
        on: "websocket",
        section: "Messages",
        series: [{ legend: "{direction}", of: rate(messages, { by: ["direction"] }) }],
      }),
      panel("websocket-latency", {
        title: "Time to delivery",
        description: "How long messages take from sending to delivery: the average, and what 95 % stay below.",
        on: "websocket",
        section: "Latency",
        series: [
          { legend: "average", of: mean(delivery) },
          { legend: "p95", of: quantile(0.95, delivery) },
        ],
      }),
    ],
  });
}
