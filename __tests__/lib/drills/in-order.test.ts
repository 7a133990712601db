import { inOrder } from "../../../lib/drills/in-order";

const collect = async <T>(of: AsyncIterable<T>) => {
  const found: T[] = [];
  for await (const one of of) found.push(one);
  return found;
};
const after = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test("results come in the order of what they are of, however long each takes", async () => {
  const work = async (time: number) => {
    await after(time);
    return time;
  };
  expect(await collect(inOrder([40, 5, 20, 1], work))).toEqual([40, 5, 20, 1]);
});

test("no more than so many are under way at a time, and no fewer while there are any", async () => {
  let running = 0;
  const seen: number[] = [];
  const work = async () => {
    seen.push(++running);
    await after(5);
    running--;
  };
  await collect(inOrder([1, 2, 3, 4, 5, 6], work));
  expect(Math.max(...seen)).toBe(2);
});

test("nothing at all is no result", async () => {
  expect(await collect(inOrder([], async () => 1))).toEqual([]);
});

test("what fails is thrown when its turn comes", async () => {
  const work = async (one: number) => {
    if (one === 2) throw new Error("two");
    return one;
  };
  await expect(collect(inOrder([1, 2, 3], work))).rejects.toThrow("two");
});
