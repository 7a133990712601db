import {
  bytes,
  count,
  fromVariable,
  mebibytes,
  minutes,
  percent,
  perSecond,
  readVariable,
  seconds,
} from "@watchbill/model";

const failures = fromVariable("PAYMENT_FAILURE_THRESHOLD", {
  bare: "ratio",
  default: percent(1),
  between: [percent(0.01), percent(50)],
}).variable;
const memory = fromVariable("MEMORY_USAGE_THRESHOLD", {
  bare: "percent",
  default: percent(80),
  between: [percent(10), percent(99)],
}).variable;
const response = fromVariable("DB_RESPONSE_THRESHOLD", {
  bare: "milliseconds",
  default: seconds(1),
  between: [seconds(0.01), minutes(1)],
}).variable;
const size = fromVariable("SIZE", {
  bare: "mebibytes",
  default: mebibytes(1),
  between: [bytes(1), mebibytes(100)],
}).variable;
const pool = fromVariable("POOL", {
  bare: "connections",
  default: count(80, "connections"),
  between: [count(1, "connections"), count(1000, "connections")],
}).variable;
const starts = fromVariable("STARTS", {
  bare: "per minute",
  default: perSecond(1, "starts"),
  between: [perSecond(0, "starts"), perSecond(10, "starts")],
}).variable;

test("until it is set, a variable is its default", () => {
  expect(fromVariable("X", { bare: "ratio", default: percent(5), between: [percent(1), percent(9)] })).toMatchObject(
    percent(5),
  );
});

test.each([
  [failures, "0.01", 0.01],
  [failures, "1%", 0.01],
  [failures, " 1 % ", 0.01],
  [memory, "80", 0.8],
  [memory, "0.8 ratio", 0.8],
  [response, "1000", 1],
  [response, "1s", 1],
  [response, "250ms", 0.25],
  [response, "1 min", 60],
  [response, "1e3", 1],
  [size, "2", 2 * 1024 ** 2],
  [size, "512KiB", 512 * 1024],
  [pool, "50", 50],
  [pool, "50 connections", 50],
  [starts, "60", 1],
  [starts, "2/s", 2],
])("%s: a text in any unit of its quantity is read", (variable, text, value) => {
  expect(readVariable(variable, text)).toBe(value);
});

test.each([
  [failures, "", "number"],
  [failures, "high", "number"],
  [failures, "1..2", "unit"],
  [failures, "1s", "unit"],
  [response, "1%", "unit"],
  [pool, "50 requests", "unit"],
  [failures, "80", "range"],
  [memory, "0.8", "range"],
  [response, "-5", "range"],
  [response, "61s", "range"],
])("%s: what is no number, has another unit or is out of range is not read", (variable, text, wrong) => {
  expect(readVariable(variable, text)).toBe(wrong);
});
