import { codesInSource } from "../support/diagnostic-codes";
import { readMarkdown, tableRows } from "../support/markdown";

const inSource = codesInSource();
const rows = tableRows(readMarkdown("docs/diagnostics.md"));
const documented = rows.map(([code = ""]) => code.replaceAll("`", ""));

test("every code that the source has is in the table", () => {
  expect(inSource.length).toBeGreaterThan(50);
  expect(inSource.filter(({ code }) => !documented.includes(code))).toEqual([]);
});

test("every code of the table is in the source", () => {
  const codes = inSource.map(({ code }) => code);
  expect(documented.filter((code) => !codes.includes(code))).toEqual([]);
});

test("each is there once, with what it means and the way out", () => {
  expect(documented.filter((code, index) => documented.indexOf(code) !== index)).toEqual([]);
  for (const row of rows) {
    expect(row).toEqual([
      expect.stringMatching(/^`[a-z]+(-[a-z]+)+`$/),
      expect.stringMatching(/^\S.*\.$/),
      expect.stringMatching(/^\S.*\.$/),
    ]);
  }
});
