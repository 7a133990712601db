import { openaiMetrics, pack } from "@watchbill/model";
import { hourly } from "./business";
import { externalApi } from "./external-api";
import type { Measure } from "./measure";

const { openaiCalls: calls, openaiDuration: duration, openaiTokens: tokens } = openaiMetrics;

/** Calls to OpenAI, as of any external API, and the tokens that they cost. */
export function openai(watch: {
  readonly failures: Measure<"ratio">;
  readonly p95?: Measure<"seconds">;
  readonly callRate?: Measure<"calls/second">;
}) {
  const api = externalApi("OpenAI", { calls, failed: calls.where({ status: "error" }), duration, ...watch });
  const cost = hourly("openai-tokens", tokens, {
    title: "OpenAI tokens",
    section: "Integrations",
    by: "type",
    counting: { title: "OpenAI tokens", of: tokens.where({ type: "total" }) },
  });
  return pack(api.name, { metrics: openaiMetrics, alerts: api.alerts, panels: [...api.panels, ...cost.panels] });
}
