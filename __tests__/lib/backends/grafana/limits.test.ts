import { type Limit, lines, regions } from "../../../../lib/backends/grafana/limits";

const limit = (value: number, color: string, bad: Limit["bad"] = "above"): Limit => ({ value, color, bad });
const short = (steps: readonly { value: number | null; color: string }[]) =>
  steps.map(({ value, color }) => `${value ?? "from"} ${color}`);

test("each limit is a line in its color, the worst where two are alike", () => {
  const limits = [limit(5, "red"), limit(2, "orange"), limit(5, "blue"), limit(1, "red", "below")];
  expect(short(lines(limits))).toEqual(["from green", "1 red", "2 orange", "5 red"]);
});

test("a value is good, then worse with each limit it exceeds", () => {
  expect(short(regions([limit(5, "red"), limit(2, "orange")]))).toEqual(["from green", "2 orange", "5 red"]);
});

test("a milder limit beyond a worse one changes nothing", () => {
  expect(short(regions([limit(2, "red"), limit(5, "orange")]))).toEqual(["from green", "2 red", "5 red"]);
});

test("below a limit that must be reached a value is bad", () => {
  const limits = [limit(0, "red", "below"), limit(0.25, "orange", "below")];
  expect(short(regions(limits))).toEqual(["from red", "0 orange", "0.25 green"]);
});

test("between two limits a value is good", () => {
  expect(short(regions([limit(1, "red", "below"), limit(9, "orange")]))).toEqual(["from red", "1 green", "9 orange"]);
});
