import { counter, gauge } from "../metric";

/** What a WebSocket server tells of itself. */
export const websocketServerMetrics = {
  websocketConnectionsActive: gauge("active_websocket_connections", {
    unit: "connections",
    help: "WebSocket connections that are open.",
  }),
  websocketConnections: counter("websocket_connections_total", {
    counts: "connections",
    help: "WebSocket connections that were opened.",
  }),
  websocketDisconnects: counter("websocket_disconnects_total", {
    counts: "connections",
    help: "WebSocket connections that ended, by who ended them; error is nobody on purpose.",
    labels: { reason: ["client", "server", "error"] },
  }),
};
