import { atMost, counter, histogram, not, seriesBound } from "@watchbill/model";

const orders = counter("orders_total", {
  counts: "orders",
  labels: { status: ["paid", "failed", "cancelled"], shop: atMost(5) },
});
const matchers = (selection: { readonly matchers: readonly unknown[] }) => selection.matchers;

describe("a matcher", () => {
  test("of a text is an equality", () => {
    expect(matchers(orders.where({ status: "paid" }))).toEqual([{ label: "status", operator: "=", value: "paid" }]);
  });

  test("of a regular expression without anything special is an equality too, which is cheaper", () => {
    expect(matchers(orders.where({ shop: /main/ }))).toEqual([{ label: "shop", operator: "=", value: "main" }]);
  });

  test("of a list is an alternation of literal texts", () => {
    expect(matchers(orders.where({ shop: ["a.b", "c"] }))).toEqual([
      { label: "shop", operator: "=~", value: "a\\.b|c" },
    ]);
  });

  test("of a list of one is an equality", () => {
    expect(matchers(orders.where({ status: ["paid"] }))).toEqual([{ label: "status", operator: "=", value: "paid" }]);
  });

  test("can be negated", () => {
    expect(matchers(orders.where({ status: not("paid"), shop: not(/a.*/) }))).toEqual([
      { label: "status", operator: "!=", value: "paid" },
      { label: "shop", operator: "!~", value: "a.*" },
    ]);
  });

  test("adds to those that are there", () => {
    expect(matchers(orders.where({ status: "paid" }).where({ shop: "a" }))).toHaveLength(2);
  });
});

describe("the bound of a metric's series", () => {
  test("is the product of its labels", () => {
    expect(seriesBound(orders)).toBe(15);
  });

  test("counts a histogram's buckets, +Inf, sum and count", () => {
    const sizes = histogram("size_bytes", { unit: "bytes", buckets: [1, 2], labels: { kind: ["a", "b"] } });
    expect(seriesBound(sizes)).toBe(2 * 5);
  });
});

test("a metric without a help text gets one from its name", () => {
  expect(counter("tickets_sold_total", { counts: "tickets" }).help).toBe("Tickets sold.");
});

test("a metric knows where it was declared", () => {
  expect(String(orders.place)).toMatch(/^__tests__\/packages\/model\/metric\.test\.ts:\d+$/);
});
