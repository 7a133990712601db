import { by, drill, minutes, multiplies, percent, to, turns, websocketServerMetrics } from "@watchbill/model";
import { inkwave } from "../services/inkwave";

export const websocketStorm = drill("websocket-storm", {
  title: "Connections break and all come back at once, again and again.",
  happens: [
    to(
      inkwave,
      "twenty times as many connections open and break",
      [
        multiplies(websocketServerMetrics.websocketConnections, 20),
        multiplies(websocketServerMetrics.websocketDisconnects, 20),
        turns(websocketServerMetrics.websocketDisconnects, percent(90), { reason: "error" }),
      ],
      { lasts: minutes(15) },
    ),
  ],
  tells: [
    by(inkwave, "WebSocketConnectionWave", { within: minutes(3) }),
    by(inkwave, "WebSocketDisconnectRatioHigh", { within: minutes(5) }),
  ],
});
