import { drill, minutes } from "@watchbill/model";
import { markdownTable, scoreboardText } from "../../../lib/drills/scoreboard-text";

test("a table's columns are aligned, also where a cell has signs that are no letters", () => {
  expect(
    markdownTable([
      ["a", "long name"],
      ["5 × é", "x"],
    ]),
  ).toBe("| a     | long name |\n| ----- | --------- |\n| 5 × é | x         |");
});

const outage = drill("outage", {
  title: "Outage.",
  happens: [],
  pages: [{ service: {} as never, alerts: [], within: minutes(3), notBefore: minutes(0), place: {} as never }],
});

test("the scoreboard has a row a drill, a month and a share, a column a rule set, and the sums", () => {
  const text = scoreboardText({
    sets: ["watchbill", "others"],
    drills: [
      {
        drill: outage,
        scores: [
          { woken: 120_000, told: 120_000, pages: 1, forNothing: 0 },
          { pages: 3, forNothing: 3 },
        ],
      },
    ],
    months: [
      {
        peak: 10,
        scores: [
          { pages: 0, told: 4, worst: [], samplesADay: 1_234_567 },
          { pages: 1400, told: 9, worst: ["a B × 1000", "a C × 300", "a D × 99", "a E × 1"], samplesADay: 99 },
        ],
      },
    ],
    detection: [
      { share: 100, found: [{ page: 60 }, { page: 1050, ticket: 15 }] },
      { share: 0.5, found: [{ ticket: 1920 }, {}] },
    ],
  });
  const rows = text
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.replace(/ +/g, " "));
  expect(rows.filter((line) => !line.includes("---"))).toEqual([
    "| drill | watchbill | others |",
    "| [outage](../drills/outage.ts) | **2:00** | never, 3 pages for nothing |",
    "| pages sent | 1 | 3 |",
    "| pages for nothing | 0 | 3 |",
    "| at the most | watchbill | others |",
    "| 10 requests a second | **0 pages**, 4 messages | 1,400 pages, 9 messages |",
    "| samples touched a day | 1,230,000 | 99 |",
    "| failing | watchbill | others |",
    "| 100 % | **60 s** | **1,050 s** |",
    "| 0.5 % | ticket 1,920 s | never |",
  ]);
  expect(text).toContain("- others, 10/s: a B × 1000, a C × 300, a D × 99, and 1 more");
});
