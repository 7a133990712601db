import type { Selection } from "@watchbill/model";

/**
 * What the Agent itself tells of a machine, in place of node_exporter's metrics: the Agent is there anyway, and its own
 * metrics cost nothing. Names as in https://docs.datadoghq.com/integrations/system/,
 * https://docs.datadoghq.com/integrations/disk/ and https://docs.datadoghq.com/integrations/network/.
 */
const gauges: Readonly<Record<string, string>> = {
  node_filesystem_avail_bytes: "system.disk.free",
  node_filesystem_files: "system.fs.inodes.total",
  node_filesystem_files_free: "system.fs.inodes.free",
  node_filesystem_size_bytes: "system.disk.total",
  node_load1: "system.load.1",
  node_load15: "system.load.15",
  node_load5: "system.load.5",
  node_memory_MemAvailable_bytes: "system.mem.usable",
  node_memory_MemFree_bytes: "system.mem.free",
  node_memory_MemTotal_bytes: "system.mem.total",
  node_memory_SwapFree_bytes: "system.swap.free",
  node_memory_SwapTotal_bytes: "system.swap.total",
  node_timex_offset_seconds: "ntp.offset",
};

/** Counters of node_exporter that the Agent tells as a rate a second. */
const rates: Readonly<Record<string, string>> = {
  node_disk_read_bytes_total: "system.io.rkb_s",
  node_disk_written_bytes_total: "system.io.wkb_s",
  node_network_receive_bytes_total: "system.net.bytes_rcvd",
  node_network_transmit_bytes_total: "system.net.bytes_sent",
};

/** How much one of the Agent's own units is, where it is not the base unit: disk traffic is in KiB a second. */
const sizes: Readonly<Record<string, number>> = { "system.io.rkb_s": 1024, "system.io.wkb_s": 1024 };

/** Processor time by what on; the Agent counts nice as user, and interrupts as system. */
const processorModes: Readonly<Record<string, string>> = {
  idle: "system.cpu.idle",
  iowait: "system.cpu.iowait",
  irq: "system.cpu.system",
  nice: "system.cpu.user",
  softirq: "system.cpu.system",
  steal: "system.cpu.stolen",
  system: "system.cpu.system",
  user: "system.cpu.user",
};

const PROCESSOR_TIME = "node_cpu_seconds_total";

/** What the Agent tells instead. */
export interface SystemMetric {
  readonly name: string;
  /** Whether it is a rate where node_exporter has a counter. */
  readonly isRate: boolean;
  /** What its values are multiplied by to be in the base unit. */
  readonly size: number;
}

/** The Agent's metric in place of one of node_exporter's. */
export function systemMetric(metric: string): SystemMetric | undefined {
  const [gauge, rate] = [gauges[metric], rates[metric]];
  const name = gauge ?? rate;
  return name === undefined ? undefined : { name, isRate: gauge === undefined, size: sizes[name] ?? 1 };
}

/** The Agent's metrics, each in percent of all processors, that together are the processor time selected. */
export function processorMetrics({ metric, matchers }: Selection): readonly string[] | undefined {
  if (metric.name !== PROCESSOR_TIME || matchers.some(({ label }) => label !== "mode")) return undefined;
  const modes = Object.keys(processorModes).filter((mode) =>
    matchers.every(({ operator, value }) => {
      const isMatch = operator.endsWith("~") ? new RegExp(`^(?:${value})$`).test(mode) : mode === value;
      return operator.startsWith("!") ? !isMatch : isMatch;
    }),
  );
  return [...new Set(modes.flatMap((mode) => processorModes[mode] ?? []))];
}

/** Labels of node_exporter as the Agent's tags; the disk check tags by mount point (`use_mount`). */
export const systemTags: Readonly<Record<string, string>> = { instance: "host", mountpoint: "device" };
