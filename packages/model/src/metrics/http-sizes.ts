import { atMost, histogram } from "../metric";

/** What a request costs besides time. */
export const httpSizeMetrics = {
  responseSize: histogram("http_response_size_bytes", {
    unit: "bytes",
    help: "Size of a response's body, by route template.",
    labels: { route: atMost(50) },
    buckets: [1024, 16384, 131072, 1048576, 8388608],
  }),
  requestMemory: histogram("http_request_memory_bytes", {
    unit: "bytes",
    help: "Heap that a request has added when it ends, by route template.",
    labels: { route: atMost(50) },
    buckets: [65536, 262144, 1048576, 8388608, 67108864],
  }),
};
