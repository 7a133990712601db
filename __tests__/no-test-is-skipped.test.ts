import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What keeps a test, or all the others of its file, from being run. */
const skips =
  /\b(?:describe|test|it)\s*\.(?:concurrent\.)?(?:skip|only|todo)\b|\b(?:xdescribe|xtest|xit|fdescribe|fit)\(/;

test("no test is skipped: what it needs is installed, or its lack is a failure that names it", () => {
  const files = readdirSync(__dirname, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => skips.test(readFileSync(join(__dirname, file), "utf8")))).toEqual([]);
});

test("the line above can fail", () => {
  const written = [
    ["describe", "skip"],
    ["test", "only"],
    ["it", "concurrent", "skip"],
  ].map((words) => words.join("."));
  expect([...written, `x${"it("}`].every((one) => skips.test(one))).toBe(true);
  expect(["describe(", "test.each(", "skip()"].some((one) => skips.test(one))).toBe(false);
});
