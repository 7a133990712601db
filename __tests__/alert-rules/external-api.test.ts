import { boulderFest } from "../../services/boulder-fest";
import { syncup } from "../../services/syncup";
import { tikit } from "../../services/tikit";
import { environmentWith } from "../support/declarations";
import { complaintOf, type RuleCase } from "../support/rule-test";

const watched = environmentWith([boulderFest, syncup, tikit]);

const openai = (values: string) => ({
  'openai_api_calls_total{job="syncup",instance="a",operation="chat",model="m",status="success"}': values,
});
const calls = (api: string, fine: string, failed: string) => ({
  [`external_api_calls_total{job="boulder-fest",instance="a",api="${api}",status="success"}`]: fine,
  [`external_api_calls_total{job="boulder-fest",instance="a",api="${api}",status="error"}`]: failed,
});
const cache = (lookups: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(lookups).map(([result, values]) => [
      `cache_requests_total{job="tikit",instance="a",cache="events",result="${result}"}`,
      values,
    ]),
  );
const payments = (succeeded: string, failed: string) => ({
  'payments_total{job="boulder-fest",instance="a",status="succeeded"}': succeeded,
  'payments_total{job="boulder-fest",instance="a",status="failed"}': failed,
});
const slow = (each: string) => ({
  ...calls("stripe", each, "0x240"),
  'external_api_duration_seconds_bucket{job="boulder-fest",instance="a",api="stripe",le="5"}': "0x240",
  'external_api_duration_seconds_bucket{job="boulder-fest",instance="a",api="stripe",le="10"}': each,
  'external_api_duration_seconds_bucket{job="boulder-fest",instance="a",api="stripe",le="+Inf"}': each,
});

test.each<[string, RuleCase]>([
  [
    "a tenth of the calls to Stripe fail",
    { series: calls("stripe", "0+9x240", "0+1x240"), alert: "StripeFailureRatioHigh", at: "11m", fires: 1 },
  ],
  [
    "the calls to Brevo fail: that is not Stripe",
    { series: calls("brevo", "0+9x240", "0+9x240"), alert: "StripeFailureRatioHigh", at: "12m", fires: 0 },
  ],
  [
    "the only call to Stripe fails",
    { series: calls("stripe", "0x240", "0x8 1x200"), alert: "StripeFailureRatioHigh", at: "8m", fires: 0 },
  ],
  [
    "Stripe takes longer than five seconds",
    { series: slow("0+2x240"), alert: "StripeLatencyHigh", at: "11m", fires: 1 },
  ],
  [
    "the only call to Stripe takes longer than five seconds",
    { series: slow("0x8 1x200"), alert: "StripeLatencyHigh", at: "8m", fires: 0 },
  ],
  [
    "OpenAI is called 420 times a minute, of the 500 that it lets through",
    { series: openai("0+105x240"), alert: "OpenAICallRateHigh", at: "7m", fires: 1 },
  ],
  [
    "OpenAI is called 380 times a minute",
    { series: openai("0+95x240"), alert: "OpenAICallRateHigh", at: "12m", fires: 0 },
  ],
  [
    "nothing has ever been found in the cache",
    { series: cache({ miss: "0+10x240" }), alert: "CacheHitRatioLow", at: "11m", fires: 1 },
  ],
  [
    "seven look-ups in ten find their value",
    { series: cache({ hit: "0+7x240", miss: "0+3x240" }), alert: "CacheHitRatioLow", at: "20m", fires: 0 },
  ],
  [
    "a payment in ten fails",
    { series: payments("0+9x240", "0+1x240"), alert: "PaymentFailureRatioHigh", at: "7m", fires: 1 },
  ],
  [
    "one payment of a handful fails",
    { series: payments("0x4 1x4 2x4 3x200", "0x8 1x200"), alert: "PaymentFailureRatioHigh", at: "4m", fires: 0 },
  ],
])("%s", (_, one) => {
  expect(complaintOf(watched, one)).toBe("");
});
