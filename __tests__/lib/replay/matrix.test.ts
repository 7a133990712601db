import { randomFrom } from "../../../lib/drills/random";
import { parseMatrix } from "../../../lib/replay/matrix";

const answer = (result: readonly unknown[]) =>
  Buffer.from(JSON.stringify({ status: "success", data: { resultType: "matrix", result } }));

test("every value is read as JavaScript reads it", () => {
  const random = randomFrom(1);
  const spelt = Array.from({ length: 5000 }, () => {
    const value = (random() - 0.5) * 10 ** Math.floor(random() * 40 - 20);
    return random() < 0.5 ? `${value}` : `${Math.round(random() * 1e9) / 10 ** Math.floor(random() * 6)}`;
  });
  spelt.push("0", "-0", "1e+06", "1.7976931348623157e+308", "5e-324", "123456789012345678", "0.000000000000000000001");
  const values = spelt.map((text, index) => [1767571200 + index * 15, text]);
  const [row] = parseMatrix(answer([{ metric: {}, values }]));
  expect([...(row?.values ?? [])]).toEqual(spelt.map(Number));
  expect(row?.times.at(-1)).toBe((1767571200 + (spelt.length - 1) * 15) * 1000);
});

test("what is no finite number, and times with a fraction", () => {
  const values = [
    [0.001, "NaN"],
    [1767571200.123, "+Inf"],
    [1767571215, "-Inf"],
  ];
  const [row] = parseMatrix(answer([{ metric: {}, values }]));
  expect([...(row?.values ?? [])]).toEqual([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  expect([...(row?.times ?? [])]).toEqual([1, 1767571200123, 1767571215000]);
});

test("labels may hold anything", () => {
  const labels = { __name__: "m", a: '{"metric":{"values":[[', b: '\\" }] é 𝄞', c: "" };
  const rows = parseMatrix(
    answer([
      { metric: labels, values: [[1, "2"]] },
      { metric: {}, values: [[3, "4"]] },
    ]),
  );
  expect(rows.map((row) => [row.labels, [...row.times], [...row.values]])).toEqual([
    [labels, [1000], [2]],
    [{}, [3000], [4]],
  ]);
});

test("native histograms are left out, and their neighbours are not", () => {
  const histogram = { metric: { a: "1" }, histograms: [[1, { count: "3", sum: "2" }]] };
  const rows = parseMatrix(answer([histogram, { metric: { a: "2" }, values: [[3, "4"]] }]));
  expect(rows.map((row) => [row.labels.a, [...row.values]])).toEqual([["2", [4]]]);
});

test("nothing is nothing", () => {
  expect(parseMatrix(answer([]))).toEqual([]);
});
