import { httpSizeMetrics, mean, pack, panel } from "@watchbill/model";

const { responseSize, requestMemory } = httpSizeMetrics;

/** What requests cost besides time: a route that grows is found before it hurts. */
export const httpSizes = () =>
  pack("http-sizes", {
    metrics: httpSizeMetrics,
    panels: [
      panel("http-response-size", {
        title: "Size of answers by route",
        description: "Average size of a response's body.",
        on: "main",
        section: "Traffic",
        series: [{ legend: "{route}", of: mean(responseSize, { by: ["route"] }) }],
      }),
      panel("http-request-memory", {
        title: "Memory of requests by route",
        description: "Average heap that a request has added when it ends.",
        on: "infrastructure",
        section: "Node.js",
        series: [{ legend: "{route}", of: mean(requestMemory, { by: ["route"] }) }],
      }),
    ],
  });
