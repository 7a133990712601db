import { atMost, counter, gauge, histogram } from "../metric";

/** What goes over a server's WebSocket connections. */
export const websocketMessageMetrics = {
  websocketMessages: counter("websocket_messages_total", {
    counts: "messages",
    help: "Messages, by direction.",
    labels: { direction: ["sent", "received"] },
  }),
  websocketErrors: counter("websocket_connection_errors_total", {
    counts: "connections",
    help: "WebSocket connections that failed to open or met an error, by type.",
    labels: { type: atMost(20) },
  }),
  websocketMessageDuration: histogram("websocket_message_duration_seconds", {
    unit: "seconds",
    help: "Time from a message's sending to its delivery.",
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5],
  }),
  websocketRooms: gauge("active_websocket_rooms", { unit: "rooms", help: "Rooms with somebody in them." }),
};
