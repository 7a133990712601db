import { production } from "../../environments/production";
import { tickets } from "../../services/tickets";
import { complaintOf, type RuleCase } from "../support/rule-test";

const watched = { ...production, services: [tickets] };

/** Steps of 15 s: `0+150x240` grows by 150 each step, 10 a second, for an hour. */
const requests = (ok: string, failing: string) => ({
  'http_requests_total{job="tickets",instance="a",method="GET",route="/",status="200"}': ok,
  'http_requests_total{job="tickets",instance="a",method="GET",route="/",status="500"}': failing,
});
const buckets = (within: string, all: string) => ({
  ...requests(all, "0x240"),
  'http_request_duration_seconds_bucket{job="tickets",instance="a",le="2"}': within,
  'http_request_duration_seconds_bucket{job="tickets",instance="a",le="5"}': all,
  'http_request_duration_seconds_bucket{job="tickets",instance="a",le="+Inf"}': all,
});
const check = (values: string) => ({ 'probe_success{job="tickets-blackbox",instance="u",check="health"}': values });
const orders = (paid: string, failed: string) => ({
  'orders_created_total{job="tickets",instance="a",status="paid"}': paid,
  'orders_created_total{job="tickets",instance="a",status="failed"}': failed,
});
const pool = (active: string) => ({
  'db_connections_active{job="tickets",instance="a"}': active,
  'db_connections_max{job="tickets",instance="a"}': "20x240",
});
const sockets = (lost: string) => ({
  'websocket_disconnects_total{job="tickets",instance="a",reason="error"}': lost,
  'websocket_disconnects_total{job="tickets",instance="a",reason="client"}': "0+900x240",
  'active_websocket_connections{job="tickets",instance="a"}': "100x240",
});
const memory = (available: string) => ({
  'node_memory_MemAvailable_bytes{job="tickets-node",instance="a:9100"}': available,
  'node_memory_MemTotal_bytes{job="tickets-node",instance="a:9100"}': "1000x240",
});
const disk = (available: string, mountpoint = "/") => ({
  [`node_filesystem_avail_bytes{job="tickets-node",instance="a:9100",mountpoint="${mountpoint}"}`]: available,
  [`node_filesystem_size_bytes{job="tickets-node",instance="a:9100",mountpoint="${mountpoint}"}`]: "1000x240",
});

test.each<[string, RuleCase]>([
  ["the check fails for a minute", { series: check("1x4 0x20"), alert: "ServiceDown", at: "2m30s", fires: 1 }],
  ["one look fails", { series: check("1x4 0 1x20"), alert: "ServiceDown", at: "2m30s", fires: 0 }],
  [
    "2 % of requests fail for five minutes",
    { series: requests("0+147x240", "0+3x240"), alert: "HttpErrorRatioHigh", at: "7m", fires: 1 },
  ],
  [
    "2 % of requests fail for four minutes",
    { series: requests("0+147x240", "0+3x16 48+0x200"), alert: "HttpErrorRatioHigh", at: "7m", fires: 0 },
  ],
  [
    "0.9 % of requests fail for an hour",
    { series: requests("0+991x240", "0+9x240"), alert: "HttpErrorRatioHigh", at: "12m", fires: 0 },
  ],
  [
    "half of the requests fail, but there are only eight a minute",
    { series: requests("0+1x240", "0+1x240"), alert: "HttpErrorRatioHigh", at: "12m", fires: 0 },
  ],
  [
    "a deploy makes a third of requests fail for 30 s",
    {
      series: requests("0+150x8 1300+100x2 1500+150x200", "0x8 50+50x2 150+0x200"),
      alert: "HttpErrorRatioHigh",
      at: "7m",
      fires: 0,
    },
  ],
  [
    "one request in ten takes longer than 2 s for five minutes",
    { series: buckets("0+135x240", "0+150x240"), alert: "HttpLatencyP95High", at: "7m", fires: 1 },
  ],
  [
    "the only request of a quiet minute is slow, minute after minute",
    {
      series: buckets("0x240", "0x3 1x3 2x3 3x3 4x3 5x3 6x3 7x3 8x200"),
      alert: "HttpLatencyP95High",
      at: "7m",
      fires: 0,
    },
  ],
  [
    "one request in fifty takes longer than 2 s",
    { series: buckets("0+147x240", "0+150x240"), alert: "HttpLatencyP95High", at: "12m", fires: 0 },
  ],
  [
    "one payment in ten fails",
    { series: orders("0+9x240", "0+1x240"), alert: "PaymentFailureRatioHigh", at: "5m", fires: 1 },
  ],
  [
    "one payment in fifty fails",
    { series: orders("0+49x240", "0+1x240"), alert: "PaymentFailureRatioHigh", at: "12m", fires: 0 },
  ],
  [
    "six cards in a hundred are declined by their banks",
    {
      series: {
        ...orders("0+94x240", "0x240"),
        'orders_created_total{job="tickets",instance="a",status="declined"}': "0+6x240",
      },
      alert: "PaymentFailureRatioHigh",
      at: "12m",
      fires: 0,
    },
  ],
  [
    "the only two payments fail",
    { series: orders("0x240", "0x4 1x4 2x200"), alert: "PaymentFailureRatioHigh", at: "10m", fires: 0 },
  ],
  ["the pool is full for five minutes", { series: pool("20x240"), alert: "DatabasePoolUsageHigh", at: "6m", fires: 1 }],
  ["the pool is at 80 %", { series: pool("16x240"), alert: "DatabasePoolUsageHigh", at: "12m", fires: 0 }],
  [
    "a fifth of the connections breaks within five minutes",
    { series: sockets("0x20 25x200"), alert: "WebSocketDisconnectRatioHigh", at: "7m", fires: 1 },
  ],
  [
    "users close their connections all the time",
    { series: sockets("0x240"), alert: "WebSocketDisconnectRatioHigh", at: "12m", fires: 0 },
  ],
  [
    "a machine has a tenth of its memory left",
    { series: memory("100x240"), alert: "HostMemoryUsageHigh", at: "11m", fires: 1 },
  ],
  [
    "a machine has a fifth of its memory left",
    { series: memory("200x240"), alert: "HostMemoryUsageHigh", at: "12m", fires: 0 },
  ],
  ["the disk is at 81 %", { series: disk("190x240"), alert: "HostDiskUsageHigh", at: "11m", fires: 1 }],
  [
    "a disk that isn't the root is full",
    { series: disk("0x240", "/boot"), alert: "HostDiskUsageHigh", at: "12m", fires: 1 },
  ],
  [
    "all requests fail: the availability objective pages",
    { series: requests("0x240", "0+150x240"), alert: "ErrorBudgetBurnFast", at: "5m", fires: 1 },
  ],
  [
    "two of a hundred requests of an hour fail, which is fourteen times the pace and wakes nobody",
    {
      series: requests("0+2.2x150", "0x59 1x30 2x60"),
      alert: "ErrorBudgetBurnFast",
      at: "91m",
      fires: 0,
      interval: "1m",
    },
  ],
  [
    "a counter starts anew in the middle of healthy traffic",
    { series: requests("0+150x20 0+150x200", "0x240"), alert: "ErrorBudgetBurnFast", at: "20m", fires: 0 },
  ],
])("%s", (_, one) => {
  expect(complaintOf(watched, one)).toBe("");
});

describe("nothing is sold for an hour", () => {
  /** Series begin on 1 January 1970, a Thursday, at midnight; London was an hour ahead of UTC then, we say it was not. */
  const sold = (values: string) => ({ 'tickets_sold_total{job="tickets",instance="a",event="e"}': values });
  const case_ = (values: string, at: string): RuleCase => ({
    series: sold(values),
    alert: "SalesStopped",
    at,
    interval: "5m",
    fires: 1,
  });

  test("in business hours", () => {
    expect(complaintOf(watched, case_("0+5x120 600x100", "11h20m"))).toBe("");
  });
  test("at night", () => {
    expect(complaintOf(watched, { ...case_("0+5x12 60x100", "5h"), fires: 0 })).toBe("");
  });
  test("when the hour before was not yet a business hour", () => {
    expect(complaintOf(watched, { ...case_("0+5x12 60x200", "9h50m"), fires: 0 })).toBe("");
  });
  test("but the first ticket of one event after another, each of which begins a series at 1", () => {
    const firsts = Object.fromEntries(
      Array.from({ length: 16 }, (_, event) => [
        `tickets_sold_total{job="tickets",instance="a",event="e${event}"}`,
        `_x${8 * event + 3} 1x300`,
      ]),
    );
    expect(complaintOf(watched, { ...case_("", "10h58m"), series: firsts, fires: 0 })).toBe("");
    expect(complaintOf(watched, { ...case_("", "12h10m"), series: firsts, fires: 1 })).toBe("");
  });
  test("and a scrape that failed an hour ago makes no sales of what was sold before", () => {
    const minutely = { ...case_("0+1x600 600x32 stale 600x500", "11h36m"), interval: "1m" };
    expect(complaintOf(watched, minutely)).toBe("");
  });
  test("and nothing was ever sold, so that there is no series at all", () => {
    expect(complaintOf(watched, { ...case_("_x200", "11h20m"), series: {} })).toBe("");
  });
});
