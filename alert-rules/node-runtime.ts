import {
  above,
  alert,
  below,
  type Duration,
  largest,
  minutes,
  nodeRuntimeMetrics,
  pack,
  panel,
  ratio,
  type Severity,
  smallest,
} from "@watchbill/model";
import { levels, type Measure } from "./measure";

const { heapUsed, heapLimit, residentMemory, eventLoopLag, processUptime } = nodeRuntimeMetrics;
const byInstance = { by: ["instance"] } as const;
const heapUsage = ratio(largest(heapUsed, byInstance), largest(heapLimit, byInstance));
const lag = largest(eventLoopLag, byInstance);
const uptime = smallest(processUptime, byInstance);

/** The Node processes of a service. Usage is held against the limit at which V8 gives up, not against today's heap. */
export function nodeRuntime(watch: {
  readonly heap?: Measure<"ratio">;
  readonly lag?: Measure<"seconds">;
  /** Processes that never get older than five minutes, for this long; each restart by itself is told as info. */
  readonly restarts?: { readonly for: Duration; readonly severity?: Severity };
}) {
  const { restarts } = watch;
  return pack("node-runtime", {
    metrics: nodeRuntimeMetrics,
    alerts: [
      ...levels("NodeHeapUsageHigh", watch.heap, {
        when: (limit) => above(heapUsage, limit),
        summary: "A process is running out of heap.",
        milder: "The heap of a process fills up.",
        description: "{value} of the heap of {label:instance} is full; the limit is {threshold}, and at 100 % it dies.",
        panel: "node-heap",
        nature: "cause",
      }),
      ...levels("NodeEventLoopLagHigh", watch.lag, {
        when: (limit) => above(lag, limit),
        summary: "A process is too busy to answer.",
        milder: "A process answers late.",
        description:
          "The event loop of {label:instance} is {value} late; more than {threshold} is felt by every request.",
        panel: "node-event-loop",
      }),
      restarts &&
        alert("NodeRestarting", {
          when: below(uptime, minutes(5)),
          for: restarts.for,
          severity: restarts.severity ?? "high",
          summary: "A process restarts again and again.",
          description: "{label:instance} has not lived for longer than {threshold} for a while; it is {value} old.",
          panel: "node-uptime",
          nature: "cause",
          outranks: ["NodeRestarted"],
        }),
      restarts &&
        alert("NodeRestarted", {
          when: below(uptime, minutes(5)),
          severity: "info",
          summary: "A process has restarted.",
          description: "{label:instance} began {value} ago; whoever did not deploy has lost what it was doing.",
          panel: "node-uptime",
          nature: "cause",
        }),
    ],
    panels: [
      panel("node-heap", {
        title: "Heap",
        description: "Share of the heap's limit that objects fill; at 100 % the process dies.",
        on: "infrastructure",
        section: "Node.js",
        series: [{ legend: "{instance}", of: heapUsage }],
      }),
      panel("node-memory", {
        title: "Memory of processes",
        description: "Memory of each process as the system sees it (RSS), and its heap.",
        on: "infrastructure",
        section: "Node.js",
        series: [
          { legend: "{instance} all", of: largest(residentMemory, byInstance) },
          { legend: "{instance} heap", of: largest(heapUsed, byInstance) },
        ],
      }),
      panel("node-event-loop", {
        title: "Event loop's delay",
        description: "How late 1 % of the event loop's turns are; every request waits for it.",
        on: "infrastructure",
        section: "Node.js",
        series: [{ legend: "{instance}", of: lag }],
      }),
      panel("node-uptime", {
        title: "Age of processes",
        description: "Time since each process started; a saw's teeth are a crash that repeats.",
        on: "infrastructure",
        section: "Node.js",
        series: [{ legend: "{instance}", of: uptime }],
      }),
    ],
  });
}
