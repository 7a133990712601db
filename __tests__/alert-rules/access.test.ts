import { inkwave } from "../../services/inkwave";
import { environmentWith } from "../support/declarations";
import { complaintOf, type RuleCase } from "../support/rule-test";

const watched = environmentWith([inkwave]);

const attempts = (granted: string, result: string, others: string) => ({
  'auth_attempts_total{job="inkwave",instance="a",result="granted"}': granted,
  [`auth_attempts_total{job="inkwave",instance="a",result="${result}"}`]: others,
});
const limited = (requests: string) => ({
  'rate_limit_hits_total{job="inkwave",instance="a",route="/login"}': requests,
});

test.each<[string, RuleCase]>([
  [
    "a tenth of the log-ins ends in our error",
    { series: attempts("0+9x240", "error", "0+1x240"), alert: "AuthenticationFailureRatioHigh", at: "7m", fires: 1 },
  ],
  [
    "a tenth of the log-ins has a wrong password",
    { series: attempts("0+9x240", "denied", "0+1x240"), alert: "AuthenticationFailureRatioHigh", at: "12m", fires: 0 },
  ],
  [
    "nine log-ins in ten have a wrong password",
    { series: attempts("0+1x240", "denied", "0+9x240"), alert: "AuthenticationDenialRatioHigh", at: "7m", fires: 1 },
  ],
  [
    "two requests a second are too many",
    { series: limited("0+30x240"), alert: "RateLimitHitsHigh", at: "7m", fires: 1 },
  ],
  [
    "four requests a minute are too many",
    { series: limited("0+1x240"), alert: "RateLimitHitsHigh", at: "12m", fires: 0 },
  ],
])("%s", (_, one) => {
  expect(complaintOf(watched, one)).toBe("");
});
