import {
  above,
  alert,
  increase,
  minutes,
  pack,
  panel,
  plus,
  rate,
  ratio,
  sum,
  websocketServerMetrics,
} from "@watchbill/model";
import type { Measure } from "./measure";

const {
  websocketConnections: opened,
  websocketConnectionsActive: open,
  websocketDisconnects: ended,
} = websocketServerMetrics;
const lost = increase(ended.where({ reason: "error" }), { over: minutes(5) });

/** Of all connections that could have been lost in five minutes, the share that was. Those closed on purpose don't count. */
const lostRatio = ratio(lost, plus(lost, sum(open)));

/** Connections that break. */
export function websocket(watch: { readonly disconnects?: Measure<"ratio"> }) {
  const { disconnects: measure } = watch;
  return pack("websocket", {
    alerts: [
      measure &&
        alert("WebSocketDisconnectRatioHigh", {
          when: above(lostRatio, measure.above),
          for: measure.for,
          severity: measure.severity ?? "medium",
          summary: "WebSocket connections are breaking.",
          description: "{value} of connections broke within 5 minutes; more than {threshold} is too many.",
          panel: "websocket-lost",
          runbook: "websocket-disconnect-ratio-high",
        }),
    ],
    panels: [
      panel("websocket-connections", {
        title: "Open connections",
        description: "WebSocket connections that are open.",
        on: "main",
        section: "WebSocket",
        series: [{ legend: "open", of: sum(open) }],
      }),
      panel("websocket-lost", {
        title: "Connections lost",
        description: "Share of connections that broke within 5 minutes without anybody closing them.",
        on: "main",
        section: "WebSocket",
        series: [{ legend: "lost", of: lostRatio }],
      }),
      panel("websocket-churn", {
        title: "Connections opened and ended",
        description: "Opened a second, and ended a second by who ended them.",
        on: "main",
        section: "WebSocket",
        series: [
          { legend: "opened", of: rate(opened) },
          { legend: "ended: {reason}", of: rate(ended, { by: ["reason"] }) },
        ],
      }),
    ],
  });
}
