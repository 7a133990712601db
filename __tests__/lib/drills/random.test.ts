import { normal, poisson, randomFrom, seedOf } from "../../../lib/drills/random";

const drawn = (many: number, draw: () => number) => Array.from({ length: many }, draw);
const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
const variance = (values: readonly number[]) => {
  const middle = mean(values);
  return mean(values.map((one) => (one - middle) ** 2));
};

test("one seed gives the same numbers every time, and another one gives others", () => {
  const numbers = (seed: number) => drawn(50, randomFrom(seed));
  expect(numbers(seedOf("tickets"))).toEqual(numbers(seedOf("tickets")));
  expect(numbers(seedOf("tickets"))).not.toEqual(numbers(seedOf("tikit")));
});

test("texts that differ in one letter have seeds of their own", () => {
  const seeds = Array.from({ length: 1000 }, (_, index) => seedOf(`series-${index}`));
  expect(new Set(seeds).size).toBe(1000);
});

test.each([0.01, 0.7, 12, 39, 41, 900])(
  "events that happen %d times on average are spread as a Poisson process is",
  (rate) => {
    const random = randomFrom(7);
    const events = drawn(20_000, () => poisson(random, rate));
    const tolerance = 5 * Math.sqrt(rate / 20_000);
    expect(Math.abs(mean(events) - rate)).toBeLessThan(tolerance);
    expect(variance(events) / rate).toBeGreaterThan(0.9);
    expect(variance(events) / rate).toBeLessThan(1.1);
    expect(events.every((one) => Number.isInteger(one) && one >= 0)).toBe(true);
  },
);

test("what never happens is not drawn, so that it costs nothing and shifts nothing", () => {
  let asked = 0;
  const random = () => {
    asked++;
    return 0.5;
  };
  expect(poisson(random, 0)).toBe(0);
  expect(asked).toBe(0);
});

test("a normal distribution has mean 0 and deviation 1", () => {
  const random = randomFrom(3);
  const values = drawn(20_000, () => normal(random));
  expect(Math.abs(mean(values))).toBeLessThan(0.03);
  expect(Math.abs(variance(values) - 1)).toBeLessThan(0.05);
});
