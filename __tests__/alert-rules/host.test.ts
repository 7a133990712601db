import { tikit } from "../../services/tikit";
import { environmentWith } from "../support/declarations";
import { complaintOf, type RuleCase } from "../support/rule-test";

const watched = environmentWith([tikit]);

const node = 'job="tikit-node",instance="a:9100"';
const disk = (free: string, size: number, labels = 'device="sda1",fstype="ext4",mountpoint="/"') => ({
  [`node_filesystem_avail_bytes{${node},${labels}}`]: free,
  [`node_filesystem_size_bytes{${node},${labels}}`]: `${size}x2000`,
});
const processors = (idle: string, user: string) => ({
  [`node_cpu_seconds_total{${node},cpu="0",mode="idle"}`]: idle,
  [`node_cpu_seconds_total{${node},cpu="0",mode="user"}`]: user,
});

test.each<[string, RuleCase]>([
  [
    "a disk that is two thirds full loses a fiftieth of itself an hour",
    { series: disk("3300-3x1000", 10000), alert: "HostDiskFillsSoon", at: "4h", fires: 1, interval: "1m" },
  ],
  [
    "the disk is nearly full, but no longer fills",
    { series: disk("500x1000", 10000), alert: "HostDiskFillsSoon", at: "7h", fires: 0, interval: "1m" },
  ],
  [
    "half of the disk is free yet, and something is written to it",
    { series: disk("5500-4x300", 10000), alert: "HostDiskFillsSoon", at: "4h", fires: 0, interval: "1m" },
  ],
  [
    "a fresh machine with little room pulls images in its first ten minutes",
    { series: disk("3900-30x10 3600x300", 10000), alert: "HostDiskFillsSoon", at: "1h", fires: 0, interval: "1m" },
  ],
  [
    "the disk of the data fills up, beside the root's",
    {
      series: {
        ...disk("9000x100", 10000),
        ...disk("1000x100", 10000, 'device="sdb1",fstype="xfs",mountpoint="/data"'),
      },
      alert: "HostDiskUsageHigh",
      at: "11m",
      fires: 1,
    },
  ],
  [
    "what lies in memory, and an image, are no disks",
    {
      series: {
        ...disk("0x100", 10000, 'device="tmpfs",fstype="tmpfs",mountpoint="/run"'),
        ...disk("0x100", 10000, 'device="loop0",fstype="squashfs",mountpoint="/snap"'),
      },
      alert: "HostDiskUsageHigh",
      at: "15m",
      fires: 0,
    },
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
