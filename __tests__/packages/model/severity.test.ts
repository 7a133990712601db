import { hours, minutes, P0, P1, P2, P3, type SeverityMeaning, severities, severityMeaning } from "@watchbill/model";

const meaning: Readonly<Record<string, SeverityMeaning>> = severityMeaning;

test.each([
  ["critical", minutes(5), minutes(5)],
  ["high", minutes(15), minutes(30)],
  ["medium", hours(1), hours(2)],
  ["low", hours(4), hours(24)],
  ["info", undefined, undefined],
])("what is %s has its time to respond and its time to escalate", (severity, respond, escalate) => {
  expect([meaning[severity]?.respondWithin, meaning[severity]?.escalateAfter]).toEqual([respond, escalate]);
});

test("P0 to P3 are responded to within the times that go by those names: 15 minutes, an hour, four hours, a day", () => {
  const promised = [minutes(15), hours(1), hours(4), hours(24)];
  for (const [index, severity] of ([P0, P1, P2, P3] as const).entries()) {
    expect(severityMeaning[severity].priority).toBe(index);
    expect(severityMeaning[severity].respondWithin.value).toBeLessThanOrEqual(promised[index]!.value);
  }
});

test("nobody else is called before the first one's time is up, and what is worse comes sooner", () => {
  const times = severities.map((severity) => [meaning[severity]?.respondWithin, meaning[severity]?.escalateAfter]);
  let [respond, escalate] = [0, 0];
  for (const [within, after] of times.slice(0, -1)) {
    expect(after!.value).toBeGreaterThanOrEqual(within!.value);
    expect([within!.value > respond, after!.value > escalate]).toEqual([true, true]);
    [respond, escalate] = [within!.value, after!.value];
  }
});
