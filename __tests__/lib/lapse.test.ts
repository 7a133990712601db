import { days, hours, milliseconds, minutes, seconds } from "@watchbill/model";
import { formatDuration, lapsed } from "../../lib/lapse";

test.each([
  [seconds(0), "0s"],
  [seconds(15), "15s"],
  [milliseconds(500), "500ms"],
  [minutes(90), "1h30m"],
  [days(30), "30d"],
  [seconds(93_784.005), "1d2h3m4s5ms"],
  [milliseconds(0.2), "1ms"],
])("%j is written as Prometheus reads it", (duration, text) => {
  expect(formatDuration(duration)).toBe(text);
});

test("a time lapse divides what is waited for", () => {
  expect(lapsed({ lapse: 30 }, hours(1))).toEqual(minutes(2));
});
