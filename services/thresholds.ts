import { fromVariable, milliseconds, percent, seconds } from "@watchbill/model";

/**
 * Limits that an environment may set in environments/<environment>.env, under the names by which its operators know
 * them. A number without a unit is read as `bare` says.
 */
export const paymentFailureThreshold = fromVariable("PAYMENT_FAILURE_THRESHOLD", {
  bare: "ratio",
  default: percent(1),
  between: [percent(0.01), percent(50)],
});
export const databaseResponseThreshold = fromVariable("DB_RESPONSE_THRESHOLD", {
  bare: "milliseconds",
  default: seconds(1),
  between: [milliseconds(10), seconds(60)],
});
export const apiResponseThreshold = fromVariable("API_RESPONSE_THRESHOLD", {
  bare: "milliseconds",
  default: seconds(2),
  between: [milliseconds(10), seconds(60)],
});
export const memoryUsageThreshold = fromVariable("MEMORY_USAGE_THRESHOLD", {
  bare: "percent",
  default: percent(80),
  between: [percent(10), percent(99)],
});
export const errorRateThreshold = fromVariable("ERROR_RATE_THRESHOLD", {
  bare: "ratio",
  default: percent(5),
  between: [percent(0.1), percent(50)],
});
