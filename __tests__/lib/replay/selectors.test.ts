import { necessary } from "../../../lib/replay/necessary";
import { couldMatch, selectorsOf } from "../../../lib/replay/selectors";

const minute = 60_000;

test.each([
  ["up", 0],
  ["rate(up[5m])", 5 * minute],
  ["rate(up[5m] offset 1h)", 65 * minute],
  ["avg_over_time(up[1h:1m])", 60 * minute],
  ["max_over_time(rate(up[5m])[1h:])", 65 * minute],
  ["avg_over_time(up[1h:1m] offset 7d)", 60 * minute + 7 * 1440 * minute],
])("%s looks back over all that is around it", (query, reach) => {
  expect(selectorsOf(query).map((one) => one.reach)).toEqual([reach]);
});

test("matchers are read with their quotes and escapes", () => {
  expect(
    selectorsOf('m{a="x\\"y\\n", b!=\'1\', c=~`\\d+`, d!~"z|"} + {__name__="n"}').map((one) => one.matchers),
  ).toEqual([
    [
      { label: "__name__", op: "=", value: "m" },
      { label: "a", op: "=", value: 'x"y\n' },
      { label: "b", op: "!=", value: "1" },
      { label: "c", op: "=~", value: "\\d+" },
      { label: "d", op: "!~", value: "z|" },
    ],
    [{ label: "__name__", op: "=", value: "n" }],
  ]);
});

test("a selector could match whatever is not known to differ", () => {
  const could = (query: string, known: Record<string, string>) => couldMatch(selectorsOf(query)[0]!, known);
  expect(could('m{a="1"}', { __name__: "m" })).toBe(true);
  expect(could('m{a="1"}', { __name__: "m", a: "2" })).toBe(false);
  expect(could('m{a!="1"}', { __name__: "m", a: "1" })).toBe(false);
  expect(could('{__name__=~"job:.*"}', { __name__: "job:x" })).toBe(true);
  expect(could('{__name__=~"job:"}', { __name__: "job:x" })).toBe(false);
  expect(could('{__name__!~"job:.*"}', { __name__: "job:x" })).toBe(false);
});

test.each([
  ["(a / b > 0.05) and on (job) (sum by (job) (c) >= 10)", "a / b > 0.05"],
  ["(x > 1 and y > 2 and z >= 3) or (u > 1 unless on () v)", "(x > 1) or (u > 1)"],
  ["1 - a / (b and c) > 0.8", "1 - a / (b and c) > 0.8"],
  ["absent(a)", "absent(a)"],
])("whatever %s gives needs a result of %s", (query, needed) => {
  expect(necessary(query)).toBe(needed);
});
