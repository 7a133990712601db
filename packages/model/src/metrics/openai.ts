import { atMost, counter, histogram } from "../metric";

const call = { operation: atMost(10), model: atMost(10) };

/** What calls to OpenAI's API come to, and what they cost. */
export const openaiMetrics = {
  openaiCalls: counter("openai_api_calls_total", {
    counts: "calls",
    help: "Calls to OpenAI's API, by operation, model and how they ended.",
    labels: { ...call, status: ["success", "error"] },
  }),
  openaiDuration: histogram("openai_api_duration_seconds", {
    unit: "seconds",
    help: "Time of a call to OpenAI's API.",
    labels: call,
    buckets: [0.1, 0.5, 1, 2, 5, 10],
  }),
  /** `total` is the sum of the other two, so whoever adds up takes it alone. */
  openaiTokens: counter("openai_api_tokens_total", {
    counts: "tokens",
    help: "Tokens that OpenAI's API was paid for, by type.",
    labels: { type: ["prompt", "completion", "total"] },
  }),
};
