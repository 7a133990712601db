import { inkwave } from "../../services/inkwave";
import { syncup } from "../../services/syncup";
import { environmentWith } from "../support/declarations";
import { complaintOf, type RuleCase } from "../support/rule-test";

const watched = environmentWith([inkwave, syncup]);

const pool = (available: string) => ({
  'db_connection_pool_size{job="syncup",instance="a"}': "20x240",
  'db_connection_pool_available{job="syncup",instance="a"}': available,
});
const failed = (connections: string) => ({ 'db_connection_errors_total{job="inkwave",instance="a"}': connections });
const slow = (queries: string) => ({ 'db_slow_queries_total{job="inkwave",instance="a",operation="select"}': queries });
const queries = (each: string) => ({
  'db_queries_total{job="syncup",instance="a",operation="select",table="meetings",status="success"}': each,
  'db_query_duration_seconds_bucket{job="syncup",instance="a",operation="select",table="meetings",le="1"}': "0x240",
  'db_query_duration_seconds_bucket{job="syncup",instance="a",operation="select",table="meetings",le="5"}': each,
  'db_query_duration_seconds_bucket{job="syncup",instance="a",operation="select",table="meetings",le="+Inf"}': each,
});

test.each<[string, RuleCase]>([
  ["all of the pool is in use", { series: pool("0x240"), alert: "DatabasePoolUsageHigh", at: "7m", fires: 1 }],
  [
    "85 % of the pool is in use: the milder level",
    { series: pool("3x240"), alert: "DatabasePoolUsageElevated", at: "7m", fires: 1 },
  ],
  [
    "85 % of the pool is in use: not the worse one",
    { series: pool("3x240"), alert: "DatabasePoolUsageHigh", at: "12m", fires: 0 },
  ],
  [
    "ten connections a minute can't be had",
    { series: failed("0+3x240"), alert: "DatabaseConnectionFailuresHigh", at: "4m", fires: 1 },
  ],
  [
    "one connection can't be had",
    { series: failed("0x8 1x200"), alert: "DatabaseConnectionFailuresHigh", at: "4m", fires: 0 },
  ],
  [
    "twenty queries a minute are slow",
    { series: slow("0+5x240"), alert: "DatabaseSlowQueriesHigh", at: "8m", fires: 1 },
  ],
  [
    "four queries a minute are slow",
    { series: slow("0+1x240"), alert: "DatabaseSlowQueriesHigh", at: "12m", fires: 0 },
  ],
  [
    "two hundred queries a minute take longer than a second",
    { series: queries("0+50x240"), alert: "DatabaseQueryP99High", at: "8m", fires: 1 },
  ],
  [
    "the few queries of a quiet minute take longer than a second",
    { series: queries("0+5x240"), alert: "DatabaseQueryP99High", at: "12m", fires: 0 },
  ],
])("%s", (_, one) => {
  expect(complaintOf(watched, one)).toBe("");
});
