import { inkwave } from "../../services/inkwave";
import { syncup } from "../../services/syncup";
import { environmentWith } from "../support/declarations";
import { complaintOf, type RuleCase } from "../support/rule-test";

const watched = environmentWith([inkwave, syncup]);

const requests = (ok: string, failing: string) => ({
  'http_requests_total{job="syncup",instance="a",method="GET",route="/",status="200"}': ok,
  'http_requests_total{job="syncup",instance="a",method="GET",route="/",status="500"}': failing,
});
/** Requests, of which some take no longer than 2 s, and none longer than 5 s. */
const buckets = (within: string, all: string) => ({
  ...requests(all, "0x240"),
  'http_request_duration_seconds_bucket{job="syncup",instance="a",le="2"}': within,
  'http_request_duration_seconds_bucket{job="syncup",instance="a",le="5"}': all,
  'http_request_duration_seconds_bucket{job="syncup",instance="a",le="+Inf"}': all,
});
/** The seconds that requests took together; a hundred requests each 15 s unless it says otherwise. */
const times = (sum: string, all = "0+100x240") => ({
  'http_requests_total{job="inkwave",instance="a",method="GET",route="/",status="200"}': all,
  'http_request_duration_seconds_sum{job="inkwave",instance="a"}': sum,
  'http_request_duration_seconds_count{job="inkwave",instance="a"}': all,
});

test.each<[string, RuleCase]>([
  [
    "6 % of requests fail for three minutes: it counts as down",
    { series: requests("0+94x240", "0+6x240"), alert: "HttpServerFailing", at: "3m", fires: 1 },
  ],
  [
    "a deploy makes a third of requests fail for 30 s",
    {
      series: requests("0+150x8 1300+100x2 1500+150x200", "0x8 50+50x2 150+0x200"),
      alert: "HttpServerFailing",
      at: "4m",
      fires: 0,
    },
  ],
  [
    "2 % of requests fail: the milder level is told",
    { series: requests("0+98x240", "0+2x240"), alert: "HttpErrorRatioElevated", at: "7m", fires: 1 },
  ],
  [
    "2 % of requests fail: the worse level is not",
    { series: requests("0+98x240", "0+2x240"), alert: "HttpErrorRatioHigh", at: "12m", fires: 0 },
  ],
  [
    "6 % of requests fail for five minutes",
    { series: requests("0+94x240", "0+6x240"), alert: "HttpErrorRatioHigh", at: "7m", fires: 1 },
  ],
  [
    "one request in a hundred takes 2.5 s: the milder level",
    { series: buckets("0+988x240", "0+1000x240"), alert: "HttpLatencyP99Elevated", at: "7m", fires: 1 },
  ],
  [
    "one request in a hundred takes 2.5 s: not the worse one",
    { series: buckets("0+988x240", "0+1000x240"), alert: "HttpLatencyP99High", at: "12m", fires: 0 },
  ],
  [
    "three requests in a hundred take longer than 2 s, one of them 4 s",
    { series: buckets("0+970x240", "0+1000x240"), alert: "HttpLatencyP99High", at: "7m", fires: 1 },
  ],
  [
    "twenty requests a minute, one of them always slow: it is one visitor, not a hundredth of them",
    { series: buckets("0+19x60", "0+20x60"), interval: "1m", alert: "HttpLatencyP99High", at: "12m", fires: 0 },
  ],
  [
    "the few requests of a quiet minute all take 2.5 s: no average worth a word",
    { series: times("0+10x240", "0+4x240"), alert: "HttpLatencyAverageHigh", at: "12m", fires: 0 },
  ],
  [
    "requests take 2.5 s on average",
    { series: times("0+250x240"), alert: "HttpLatencyAverageHigh", at: "7m", fires: 1 },
  ],
  [
    "requests take 1.5 s on average",
    { series: times("0+150x240"), alert: "HttpLatencyAverageHigh", at: "12m", fires: 0 },
  ],
])("%s", (_, one) => {
  expect(complaintOf(watched, one)).toBe("");
});
