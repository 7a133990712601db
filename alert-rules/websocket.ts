import {
  above,
  alert,
  atLeast,
  count,
  type Duration,
  givenAtLeast,
  increase,
  minutes,
  pack,
  panel,
  plus,
  type Quantity,
  rate,
  ratio,
  type Severity,
  sum,
  websocketServerMetrics,
} from "@watchbill/model";
import { levels, type Measure } from "./measure";

const {
  websocketConnections: opened,
  websocketConnectionsActive: open,
  websocketDisconnects: ended,
} = websocketServerMetrics;
const lost = increase(ended.where({ reason: "error" }), { over: minutes(5) });

/** Of all connections that could have been lost in five minutes, the share that was. Those closed on purpose don't count. */
const couldBeLost = plus(lost, sum(open));
const lostRatio = ratio(lost, couldBeLost);

/** Connections that break, and connections that come all at once. Of fewer than twenty, two are no tenth worth a word. */
export function websocket(watch: {
  readonly disconnects?: Measure<"ratio">;
  /** New connections within a minute that are a wave. */
  readonly wave?: {
    readonly atLeast: Quantity<"connections">;
    readonly for?: Duration;
    readonly severity?: Severity;
  };
}) {
  const { disconnects, wave } = watch;
  return pack("websocket", {
    metrics: websocketServerMetrics,
    alerts: [
      ...levels("WebSocketDisconnectRatioHigh", disconnects, {
        when: (limit) => givenAtLeast(count(20, "connections"), couldBeLost, above(lostRatio, limit)),
        summary: "WebSocket connections are breaking.",
        milder: "Some WebSocket connections are breaking.",
        description: "{value} of connections broke within 5 minutes; more than {threshold} is too many.",
        panel: "websocket-lost",
        runbook: "websocket-disconnect-ratio-high",
      }),
      wave &&
        alert("WebSocketConnectionWave", {
          when: atLeast(increase(opened), wave.atLeast),
          ...(wave.for && { for: wave.for }),
          severity: wave.severity ?? "medium",
          summary: "Many WebSocket connections come at once.",
          description: "{value} connections were opened within {window}; {threshold} is a wave.",
          panel: "websocket-opened",
          runbook: "websocket-connection-wave",
        }),
    ],
    panels: [
      panel("websocket-connections", {
        title: "Open connections",
        description: "WebSocket connections that are open.",
        on: "websocket",
        section: "Connections",
        series: [{ legend: "open", of: sum(open) }],
      }),
      panel("websocket-lost", {
        title: "Connections lost",
        description: "Share of connections that broke within 5 minutes without anybody closing them.",
        on: "websocket",
        section: "Connections",
        series: [{ legend: "lost", of: lostRatio }],
      }),
      panel("websocket-opened", {
        title: "New connections a minute",
        description: "WebSocket connections opened within a minute.",
        on: "websocket",
        section: "Connections",
        series: [{ legend: "opened", of: increase(opened) }],
      }),
      panel("websocket-churn", {
        title: "Connections opened and ended",
        description: "Opened a second, and ended a second by who ended them.",
        on: "websocket",
        section: "Connections",
        series: [
          { legend: "opened", of: rate(opened) },
          { legend: "ended: {reason}", of: rate(ended, { by: ["reason"] }) },
        ],
      }),
    ],
  });
}
