import { gauge } from "../metric";

/** What a Node process tells of itself; all but the heap's limit and the uptime are prom-client's defaults. */
export const nodeRuntimeMetrics = {
  heapUsed: gauge("nodejs_heap_size_used_bytes", { unit: "bytes", help: "Heap that objects fill." }),
  heapLimit: gauge("nodejs_heap_size_limit_bytes", { unit: "bytes", help: "Heap at which the process dies." }),
  residentMemory: gauge("process_resident_memory_bytes", { unit: "bytes", help: "Memory of the whole process." }),
  processUptime: gauge("process_uptime_seconds", { unit: "seconds", help: "Time since the process started." }),
  eventLoopLag: gauge("nodejs_eventloop_lag_p99_seconds", {
    unit: "seconds",
    help: "Delay of the event loop that 99 % of turns stay below.",
  }),
};
