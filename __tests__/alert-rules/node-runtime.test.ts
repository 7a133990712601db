import { inkwave } from "../../services/inkwave";
import { environmentWith } from "../support/declarations";
import { complaintOf, type RuleCase } from "../support/rule-test";

const watched = environmentWith([inkwave]);

const heap = (used: string) => ({
  'nodejs_heap_size_used_bytes{job="inkwave",instance="a"}': used,
  'nodejs_heap_size_limit_bytes{job="inkwave",instance="a"}': "100x240",
});
const age = (seconds: string) => ({ 'process_uptime_seconds{job="inkwave",instance="a"}': seconds });

test.each<[string, RuleCase]>([
  ["the heap is full by 95 %", { series: heap("95x240"), alert: "NodeHeapUsageHigh", at: "7m", fires: 1 }],
  [
    "the heap is full by 85 %: the milder level",
    { series: heap("85x240"), alert: "NodeHeapUsageElevated", at: "7m", fires: 1 },
  ],
  ["the heap is full by 70 %", { series: heap("70x240"), alert: "NodeHeapUsageElevated", at: "12m", fires: 0 }],
  [
    "a process dies every four minutes",
    { series: age("0+15x15 0+15x15 0+15x15 0+15x15"), alert: "NodeRestarting", at: "12m", fires: 1 },
  ],
  [
    "a process dies once: whoever wants to know is told",
    { series: age("3600+15x15 0+15x200"), alert: "NodeRestarted", at: "6m", fires: 1 },
  ],
  [
    "a process that has lived for six minutes",
    { series: age("3600+15x15 0+15x200"), alert: "NodeRestarted", at: "10m", fires: 0 },
  ],
  [
    "a deploy restarts a process once",
    { series: age("3600+15x15 0+15x200"), alert: "NodeRestarting", at: "16m", fires: 0 },
  ],
])("%s", (_, one) => {
  expect(complaintOf(watched, one)).toBe("");
});
