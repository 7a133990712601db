import { inkwave } from "../../services/inkwave";
import { environmentWith } from "../support/declarations";
import { complaintOf, type RuleCase } from "../support/rule-test";

const watched = environmentWith([inkwave]);

const opened = (connections: string) => ({ 'websocket_connections_total{job="inkwave",instance="a"}': connections });
const errors = (fine: string, failed: string) => ({
  ...opened(fine),
  'websocket_connection_errors_total{job="inkwave",instance="a",type="handshake"}': failed,
});
const lost = (open: string, byError: string) => ({
  'active_websocket_connections{job="inkwave",instance="a"}': open,
  'websocket_disconnects_total{job="inkwave",instance="a",reason="error"}': byError,
});
const delivery = (sum: string, messages = "0+10x240") => ({
  'websocket_messages_total{job="inkwave",instance="a",direction="sent"}': messages,
  'websocket_message_duration_seconds_sum{job="inkwave",instance="a"}': sum,
  'websocket_message_duration_seconds_count{job="inkwave",instance="a"}': "0+10x240",
});

test.each<[string, RuleCase]>([
  [
    "sixty connections come within a minute",
    { series: opened("0x20 15 30 45 60 60x200"), alert: "WebSocketConnectionWave", at: "6m", fires: 1 },
  ],
  [
    "thirty connections come within a minute",
    { series: opened("0x20 7 15 22 30 30x200"), alert: "WebSocketConnectionWave", at: "6m", fires: 0 },
  ],
  [
    "one connection in ten meets an error",
    { series: errors("0+9x240", "0+1x240"), alert: "WebSocketErrorRatioHigh", at: "11m", fires: 1 },
  ],
  [
    "the only connection meets an error",
    { series: errors("0x240", "0x8 1x200"), alert: "WebSocketErrorRatioHigh", at: "11m", fires: 0 },
  ],
  [
    "messages take 1.5 s on average",
    { series: delivery("0+15x240"), alert: "WebSocketLatencyHigh", at: "7m", fires: 1 },
  ],
  [
    "the only message of a minute takes 1.5 s",
    { series: delivery("0+15x240", "0x240"), alert: "WebSocketLatencyHigh", at: "12m", fires: 0 },
  ],
  [
    "messages take half a second on average",
    { series: delivery("0+5x240"), alert: "WebSocketLatencyHigh", at: "12m", fires: 0 },
  ],
  [
    "a fifth of fifty connections break",
    { series: lost("40x240", "0x8 10x200"), alert: "WebSocketDisconnectRatioHigh", at: "4m", fires: 1 },
  ],
  [
    "one of five connections breaks",
    { series: lost("4x240", "0x8 1x200"), alert: "WebSocketDisconnectRatioHigh", at: "4m", fires: 0 },
  ],
])("%s", (_, one) => {
  expect(complaintOf(watched, one)).toBe("");
});
