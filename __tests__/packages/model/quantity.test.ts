import { days, mebibytes, milliseconds, minutes, percent, perMinute } from "@watchbill/model";

test.each([
  ["half a second", milliseconds(500), { value: 0.5, unit: "seconds" }],
  ["five minutes", minutes(5), { value: 300, unit: "seconds" }],
  ["thirty days", days(30), { value: 2_592_000, unit: "seconds" }],
  ["five percent", percent(5), { value: 0.05, unit: "ratio" }],
  ["a percentage that binary fractions can't hold", percent(99.9), { value: 0.999, unit: "ratio" }],
  ["a rate a minute is kept a second", perMinute(60, "orders"), { value: 1, unit: "orders/second" }],
  ["mebibytes", mebibytes(2), { value: 2_097_152, unit: "bytes" }],
])("%s is kept in its base unit", (_, quantity, expected) => {
  expect(quantity).toEqual(expected);
});
