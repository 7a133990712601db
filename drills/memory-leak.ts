import { by, drill, grows, hours, mebibytes, nodeRuntimeMetrics, to } from "@watchbill/model";
import { inkwave } from "../services/inkwave";

export const memoryLeak = drill("memory-leak", {
  title: "The heap grows for four hours, until it is nearly full.",
  watched: hours(6),
  happens: [
    to(
      inkwave,
      "the heap begins to grow",
      [grows(nodeRuntimeMetrics.heapUsed, { to: mebibytes(505), within: hours(4) })],
      {
        lasts: hours(5),
      },
    ),
  ],
  tells: [
    by(inkwave, "NodeHeapUsageElevated", { within: hours(4) }),
    by(inkwave, "NodeHeapUsageHigh", { within: hours(4.25) }),
  ],
});
