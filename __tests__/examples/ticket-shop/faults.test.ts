import { faultNames, isFault, parseFaults } from "../../../examples/ticket-shop/src/faults";

test("the faults have the names that people type, each with one line that says what it does", () => {
  expect(Object.keys(faultNames)).toEqual([
    "errors",
    "latency",
    "payments",
    "database",
    "disconnects",
    "no-sales",
    "down",
  ]);
  for (const line of Object.values(faultNames)) expect(line).toMatch(/^\S.{10,90}$/);
});

test("only a declared name is a fault", () => {
  expect(isFault("payments")).toBe(true);
  expect(isFault("toString")).toBe(false);
  expect(isFault(7)).toBe(false);
});

test("a file's text switches on what it lists", () => {
  expect(parseFaults('{"faults": ["down", "errors", "down"]}')).toEqual({ faults: new Set(["down", "errors"]) });
  expect(parseFaults('{"faults": []}')).toEqual({ faults: new Set() });
});

test.each([
  ["{", "it is not JSON"],
  ["null", 'it needs a list called "faults"'],
  ['{"faults": "down"}', 'it needs a list called "faults"'],
  [
    '{"faults": ["down", "paymants", 3]}',
    '"paymants", 3: no such fault; there are errors, latency, payments, database, disconnects, no-sales, down',
  ],
])("%s is refused with a line that says why", (text, mistake) => {
  expect(parseFaults(text)).toEqual({ mistake });
});
