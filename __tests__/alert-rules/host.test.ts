import { tikit } from "../../services/tikit";
import { environmentWith } from "../support/declarations";
import { complaintOf, type RuleCase } from "../support/rule-test";

const watched = environmentWith([tikit]);

const node = 'job="tikit-node",instance="a:9100"';
const free = (bytes: string) => ({ [`node_filesystem_avail_bytes{${node},mountpoint="/"}`]: bytes });
const processors = (idle: string, user: string) => ({
  [`node_cpu_seconds_total{${node},cpu="0",mode="idle"}`]: idle,
  [`node_cpu_seconds_total{${node},cpu="0",mode="user"}`]: user,
});

test.each<[string, RuleCase]>([
  [
    "the disk loses a quarter of itself an hour",
    { series: free("1000-1x240"), alert: "HostDiskFillsSoon", at: "50m", fires: 1 },
  ],
  [
    "the disk is nearly full, but no longer fills",
    { series: free("50x240"), alert: "HostDiskFillsSoon", at: "55m", fires: 0 },
  ],
  [
    "the processors are busy by 93 %",
    { series: processors("0+1x240", "0+14x240"), alert: "HostCpuUsageHigh", at: "17m", fires: 1 },
  ],
  [
    "the processors are busy by 80 %",
    { series: processors("0+3x240", "0+12x240"), alert: "HostCpuUsageHigh", at: "30m", fires: 0 },
  ],
])("%s", (_, one) => {
  expect(complaintOf(watched, one)).toBe("");
});
