import { dashboard } from "@watchbill/model";

export const websocket = dashboard("websocket", {
  title: "WebSocket",
  question: "Do those who are connected stay so, and hear of what happens?",
  sections: ["Connections", "Messages", "Latency"],
});
