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
  node_network_receive_bytes_total: "system.net.bytes_rcvd",
  node_network_transmit_bytes_total: "system.net.bytes_sent",
};

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

/** The Agent's metric in place of one of node_exporter's, and whether it is a rate where that is a counter. */
export function systemMetric(name: string): { readonly name: string; readonly isRate: boolean } | undefined {
  const [gauge, rate] = [gauges[name], rates[name]];
  if (gauge !== undefined) return { name: gauge, isRate: false };
  return rate === undefined ? undefined : { name: rate, isRate: true };
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
