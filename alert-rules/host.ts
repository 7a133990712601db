import {
  above,
  alert,
  complement,
  hostMetrics,
  largest,
  pack,
  panel,
  rate,
  ratio,
  smallest,
  sum,
} from "@watchbill/model";
import type { Measure } from "./measure";

const { memoryAvailable, memoryTotal, filesystemAvailable, filesystemSize, cpuTime } = hostMetrics;
const memoryUsage = complement(
  ratio(sum(memoryAvailable, { by: ["instance"] }), sum(memoryTotal, { by: ["instance"] })),
);
const root = { mountpoint: "/" } as const;
const diskUsage = complement(
  ratio(
    smallest(filesystemAvailable.where(root), { by: ["instance", "mountpoint"] }),
    largest(filesystemSize.where(root), { by: ["instance", "mountpoint"] }),
  ),
);

/** The machines that a service runs on. What is wrong with a machine is a cause, and told whatever else is down. */
export function host(watch: { readonly memory?: Measure<"ratio">; readonly disk?: Measure<"ratio"> }) {
  const { memory, disk } = watch;
  return pack("host", {
    alerts: [
      memory &&
        alert("HostMemoryUsageHigh", {
          when: above(memoryUsage, memory.above),
          for: memory.for,
          severity: memory.severity ?? "medium",
          summary: "A machine is running out of memory.",
          description:
            "{value} of the memory of {label:instance} is in use; above {threshold} it gets slow, then kills.",
          panel: "host-memory",
          nature: "cause",
        }),
      disk &&
        alert("HostDiskUsageHigh", {
          when: above(diskUsage, disk.above),
          for: disk.for,
          severity: disk.severity ?? "medium",
          summary: "A disk is filling up.",
          description: "{value} of {label:mountpoint} on {label:instance} is in use; the limit is {threshold}.",
          panel: "host-disk",
          nature: "cause",
        }),
    ],
    panels: [
      panel("host-cpu", {
        title: "Processors",
        description: "Processors at work, in whole ones: 2 means that two are busy all the time.",
        on: "main",
        section: "Machines",
        series: [
          {
            legend: "{instance}",
            of: rate(cpuTime.where({ mode: ["user", "system", "iowait"] }), { by: ["instance"] }),
          },
        ],
      }),
      panel("host-memory", {
        title: "Memory",
        description: "Share of each machine's memory that programs can't have any more.",
        on: "main",
        section: "Machines",
        series: [{ legend: "{instance}", of: memoryUsage }],
      }),
      panel("host-disk", {
        title: "Disk",
        description: "Share of each machine's root file system that is in use.",
        on: "main",
        section: "Machines",
        series: [{ legend: "{instance}", of: diskUsage }],
      }),
    ],
  });
}
