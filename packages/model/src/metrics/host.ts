import { atMost, counter, gauge } from "../metric";

/** File systems that are no disk: in memory, or images that are full from the beginning. */
export const fileSystemsOfNoDisk = ["tmpfs", "ramfs", "squashfs", "iso9660", "erofs", "fuse\\..*", "nsfs"] as const;

/** What node_exporter tells of a machine. */
export const hostMetrics = {
  cpuTime: counter("node_cpu_seconds_total", {
    counts: "seconds",
    help: "Time that the processors spent, by what on.",
    labels: {
      cpu: atMost(128),
      mode: ["idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"],
    },
    from: "node",
  }),
  memoryTotal: gauge("node_memory_MemTotal_bytes", { unit: "bytes", help: "Memory there is.", from: "node" }),
  memoryAvailable: gauge("node_memory_MemAvailable_bytes", {
    unit: "bytes",
    help: "Memory that programs can have without swapping.",
    from: "node",
  }),
  filesystemSize: gauge("node_filesystem_size_bytes", {
    unit: "bytes",
    help: "Size of a file system.",
    labels: { device: atMost(10), fstype: atMost(5), mountpoint: atMost(20) },
    from: "node",
  }),
  filesystemAvailable: gauge("node_filesystem_avail_bytes", {
    unit: "bytes",
    help: "Space of a file system that programs can have.",
    labels: { device: atMost(10), fstype: atMost(5), mountpoint: atMost(20) },
    from: "node",
  }),
  diskRead: counter("node_disk_read_bytes_total", {
    counts: "bytes",
    help: "Bytes read from a disk.",
    labels: { device: atMost(20) },
    from: "node",
  }),
  diskWritten: counter("node_disk_written_bytes_total", {
    counts: "bytes",
    help: "Bytes written to a disk.",
    labels: { device: atMost(20) },
    from: "node",
  }),
  networkReceived: counter("node_network_receive_bytes_total", {
    counts: "bytes",
    help: "Bytes received by a network interface.",
    labels: { device: atMost(20) },
    from: "node",
  }),
  networkSent: counter("node_network_transmit_bytes_total", {
    counts: "bytes",
    help: "Bytes sent by a network interface.",
    labels: { device: atMost(20) },
    from: "node",
  }),
};
