import { above, accessMetrics, count, givenAtLeast, increase, pack, panel, rate, ratio } from "@watchbill/model";
import { levels, type Measure } from "./measure";

const { authenticationAttempts: attempts, rateLimitHits } = accessMetrics;
const unanswered = ratio(rate(attempts.where({ result: "error" })), rate(attempts));
const denied = ratio(rate(attempts.where({ result: "denied" })), rate(attempts));

/** Who is let in: log-ins that we fail to answer, log-ins that are refused, and requests that are too many. */
export function access(watch: {
  /** Attempts that ended in our own error. */
  readonly failures?: Measure<"ratio">;
  /** Attempts with wrong credentials. */
  readonly denials?: Measure<"ratio">;
  readonly rateLimited?: Measure<"requests/second">;
}) {
  return pack("access", {
    metrics: accessMetrics,
    alerts: [
      ...levels("AuthenticationFailureRatioHigh", watch.failures, {
        when: (limit) => givenAtLeast(count(10, "attempts"), increase(attempts), above(unanswered, limit)),
        severity: "critical",
        summary: "Users can't log in.",
        milder: "Some users can't log in.",
        description: "{value} of log-ins end in an error of ours; more than {threshold} is too many.",
        panel: "authentication",
      }),
      ...levels("AuthenticationDenialRatioHigh", watch.denials, {
        when: (limit) => givenAtLeast(count(20, "attempts"), increase(attempts), above(denied, limit)),
        summary: "Unusually many log-ins are refused.",
        milder: "More log-ins than usual are refused.",
        description: "{value} of log-ins have wrong credentials; the limit is {threshold}.",
        panel: "authentication",
      }),
      ...levels("RateLimitHitsHigh", watch.rateLimited, {
        when: (limit) => above(rate(rateLimitHits), limit),
        nature: "cause",
        summary: "Many requests are refused for being too many.",
        milder: "Some requests are refused for being too many.",
        description: "{value} requests a second are refused; the limit is {threshold}.",
        panel: "rate-limit-hits",
      }),
    ],
    panels: [
      panel("authentication", {
        title: "Log-ins that end badly",
        description: "Share of log-ins refused for wrong credentials, and share that ended in an error of ours.",
        on: "main",
        section: "Errors",
        series: [
          { legend: "refused", of: denied },
          { legend: "our error", of: unanswered },
        ],
      }),
      panel("rate-limit-hits", {
        title: "Requests over the limit",
        description: "Requests refused because their sender made too many, by route.",
        on: "main",
        section: "Errors",
        series: [{ legend: "{route}", of: rate(rateLimitHits, { by: ["route"] }) }],
      }),
    ],
  });
}
