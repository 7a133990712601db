import { readHeadline, statusOfColor } from "../../../lib/inbox/headline";

test.each([
  ["[FIRING:1] DiskFull tickets", { status: "firing", title: "DiskFull tickets", key: "DiskFull tickets" }],
  ["[FIRING:3] DiskFull", { status: "firing", title: "DiskFull ×3", key: "DiskFull" }],
  ["[RESOLVED] DiskFull", { status: "resolved", title: "DiskFull", key: "DiskFull" }],
  ["FIRING tickets: slow", { status: "firing", title: "tickets: slow", key: "tickets: slow" }],
  ["FIRING (2) tickets: slow", { status: "firing", title: "tickets: slow ×2", key: "tickets: slow" }],
  ["CRITICAL tickets: down", { status: "firing", title: "tickets: down", key: "tickets: down", severity: "critical" }],
  ["RESOLVED tickets: down", { status: "resolved", title: "tickets: down", key: "tickets: down" }],
  ["FIRINGS are hot", { status: undefined, title: "FIRINGS are hot", key: "FIRINGS are hot" }],
  ["Lunch is resolved", { status: undefined, title: "Lunch is resolved", key: "Lunch is resolved" }],
])("%s", (line, headline) => {
  expect(readHeadline(line)).toEqual(headline);
});

test("a colour says the status where the title does not", () => {
  expect(["good", "danger", "warning", "#36a64f", undefined].map(statusOfColor)).toEqual([
    "resolved",
    "firing",
    "firing",
    "notice",
    "notice",
  ]);
});
