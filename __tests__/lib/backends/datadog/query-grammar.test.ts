import { readFilter, readMonitorQuery } from "./query-grammar";

describe("the reading of queries that these tests trust", () => {
  test.each([
    ["a count that is averaged", "avg(last_5m):sum:a{b:c}.as_count() > 1", "as_count can only be summed"],
    ["a gauge that is summed with counts", "sum(last_5m):sum:a{b:c}.as_count() / sum:d{b:c} > 1", "what is no count"],
    ["a percentile of what is none", "percentile(last_5m):avg:a{b:c} > 1", "percentile of what is none"],
    ["a rate that is averaged over series", "min(last_5m):avg:a{b:c}.as_rate() > 1", "as_rate wants sum"],
    ["a distribution rolled up by an aggregator", "min(last_5m):p95:a{b:c}.rollup(avg, 60) > 1", "by time only"],
    ["a limit without a leading zero", "min(last_5m):avg:a{b:c} > .5", "no limit"],
    ["an exponent", "min(last_5m):avg:a{b:c} > 1e9", "no limit"],
    ["no window", "avg:a{b:c} > 1", "no window"],
    ["an unknown function", "min(last_5m):histogram_quantile(avg:a{b:c}) > 1", "no such call"],
    ["an unknown modifier", "min(last_5m):avg:a{b:c}.as_gauge() > 1", "no such modifiers"],
    ["no braces", "min(last_5m):avg:a > 1", "no query"],
    ["a bracket that stays open", "min(last_5m):(1 - avg:a{b:c} > 1", "no )"],
  ])("refuses %s", (_, query, message) => {
    expect(() => readMonitorQuery(query)).toThrow(message);
  });

  test.each([
    ["signs among words", "env:a AND !b:c AND d IN (e,f)", "a sign among words"],
    ["a tag in capitals", "env:a,method:GET", '"method:GET" is no tag'],
    ["a regular expression", "env:a,status:5..?", "is no tag"],
    ["a key without a value", "env:a,production", "is no tag"],
  ])("refuses %s in braces", (_, filter, message) => {
    expect(() => readFilter(filter)).toThrow(message);
  });
});
