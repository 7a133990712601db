import { every } from "../../../examples/ticket-shop/src/every";

const take = (calls: number, hit: () => boolean) => Array.from({ length: calls }, hit);
const hits = (calls: readonly boolean[]) => calls.filter(Boolean).length;

test.each([0.3, 0.5, 0.8])("a share of %p is met in the long run and nearly so in any ten calls", (share) => {
  const calls = take(10_000, every(share));
  expect(hits(calls) / calls.length).toBeCloseTo(share, 2);
  for (let first = 0; first + 10 <= 1000; first++) {
    expect(Math.abs(hits(calls.slice(first, first + 10)) - share * 10)).toBeLessThanOrEqual(2);
  }
});

test("it spares no place of a load that repeats every ten requests", () => {
  const calls = take(10_000, every(0.3));
  for (let place = 0; place < 10; place++) {
    const there = calls.filter((_, call) => call % 10 === place);
    expect(hits(there) / there.length).toBeCloseTo(0.3, 1);
  }
});

test("two runs are the same", () => {
  expect(take(500, every(0.3))).toEqual(take(500, every(0.3)));
});
