import {
  above,
  alert,
  below,
  bytes,
  complement,
  type Duration,
  fileSystemsOfNoDisk,
  forecast,
  hostMetrics,
  hours,
  largest,
  not,
  pack,
  panel,
  percent,
  rate,
  ratio,
  type Severity,
  smallest,
  sum,
} from "@watchbill/model";
import { levels, type Measure } from "./measure";

const { memoryAvailable, memoryTotal, filesystemAvailable, filesystemSize, cpuTime } = hostMetrics;
const byInstance = { by: ["instance"] } as const;
const cpuUsage = complement(ratio(rate(cpuTime.where({ mode: "idle" }), byInstance), rate(cpuTime, byInstance)));
const memoryUsage = complement(
  ratio(sum(memoryAvailable, { by: ["instance"] }), sum(memoryTotal, { by: ["instance"] })),
);
/**
 * Every disk, since the one that fills up is seldom the root's. An `overlay` is left in: it is the root of a container, and
 * node_exporter leaves out those that Docker makes.
 */
const disks = { fstype: not(new RegExp(fileSystemsOfNoDisk.join("|"))) } as const;
const available = filesystemAvailable.where(disks);
const size = filesystemSize.where(disks);
const byMountpoint = { by: ["instance", "mountpoint"] } as const;
const diskUsage = complement(ratio(smallest(available, byMountpoint), largest(size, byMountpoint)));

const freeTomorrow = forecast(available, {
  from: hours(6),
  ahead: hours(24),
  // A fresh machine pulls its images, an import writes its files: that is no trend until little is left.
  onlyBelow: { share: percent(40), of: size },
  by: ["instance", "mountpoint"],
});
const place = { on: "infrastructure" } as const;

/** The machines that a service runs on. What is wrong with a machine is a cause, and told whatever else is down. */
export function host(watch: {
  readonly memory?: Measure<"ratio">;
  readonly disk?: Measure<"ratio">;
  /** A disk of which less than 40 % are free is full within 24 hours if it goes on like that. */
  readonly diskFills?: { readonly for: Duration; readonly severity?: Severity };
  readonly cpu?: Measure<"ratio">;
}) {
  const { memory, disk, diskFills, cpu } = watch;
  return pack("host", {
    metrics: hostMetrics,
    alerts: [
      ...levels("HostMemoryUsageHigh", memory, {
        when: (limit) => above(memoryUsage, limit),
        summary: "A machine is running out of memory.",
        milder: "The memory of a machine fills up.",
        description:
          "{value} of the memory of {label:instance} is in use; the limit is {threshold}, and at 100 % processes are killed.",
        panel: "host-memory",
        nature: "cause",
      }),
      ...levels("HostDiskUsageHigh", disk, {
        when: (limit) => above(diskUsage, limit),
        summary: "A disk is filling up.",
        milder: "A disk is fuller than it should be.",
        description: "{value} of {label:mountpoint} on {label:instance} is in use; the limit is {threshold}.",
        panel: "host-disk",
        nature: "cause",
      }),
      diskFills &&
        alert("HostDiskFillsSoon", {
          when: below(freeTomorrow, bytes(0)),
          for: diskFills.for,
          severity: diskFills.severity ?? "high",
          summary: "A disk will be full within a day.",
          description:
            "If it goes on as in the last 6 hours, {label:mountpoint} on {label:instance} is full in 24 hours.",
          panel: "host-disk-free",
          nature: "cause",
        }),
      ...levels("HostCpuUsageHigh", cpu, {
        when: (limit) => above(cpuUsage, limit),
        summary: "A machine has no processor time left.",
        milder: "The processors of a machine are busy.",
        description: "The processors of {label:instance} are {value} busy; the limit is {threshold}.",
        panel: "host-cpu",
        nature: "cause",
      }),
    ],
    panels: [
      panel("host-cpu", {
        ...place,
        title: "Processors",
        description: "Share of each machine's processor time that is spent on anything.",
        section: "Machines",
        series: [{ legend: "{instance}", of: cpuUsage }],
      }),
      panel("host-memory", {
        ...place,
        title: "Memory",
        description: "Share of each machine's memory that programs can't have any more.",
        section: "Machines",
        series: [{ legend: "{instance}", of: memoryUsage }],
      }),
      panel("host-disk", {
        ...place,
        title: "Disk",
        description: "Share of each machine's disks that is in use, by where they are mounted.",
        section: "Machines",
        series: [{ legend: "{instance} {mountpoint}", of: diskUsage }],
      }),
      panel("host-disk-free", {
        ...place,
        title: "Disk that is free",
        description: "Space of each machine's disks that programs can have, by where they are mounted.",
        section: "Machines",
        series: [{ legend: "{instance} {mountpoint}", of: smallest(available, byMountpoint) }],
      }),
      panel("host-disk-io", {
        ...place,
        title: "Disk traffic",
        description: "Bytes read from and written to each machine's disks.",
        section: "Machines",
        series: [
          { legend: "{instance} read", of: rate(hostMetrics.diskRead, byInstance) },
          { legend: "{instance} written", of: rate(hostMetrics.diskWritten, byInstance) },
        ],
      }),
      panel("host-network", {
        ...place,
        title: "Network traffic",
        description: "Bytes that each machine receives and sends.",
        section: "Machines",
        series: [
          { legend: "{instance} received", of: rate(hostMetrics.networkReceived, byInstance) },
          { legend: "{instance} sent", of: rate(hostMetrics.networkSent, byInstance) },
        ],
      }),
    ],
  });
}
