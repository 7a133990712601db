import {
  adjust,
  below,
  calendar,
  comparisonOf,
  count,
  counter,
  during,
  givenAtLeast,
  hours,
  increase,
  minutes,
  windowOf,
} from "@watchbill/model";

const sold = counter("tickets_sold_total", { counts: "tickets" });
const office = calendar("office", { zone: "Europe/London", from: "09:00", to: "17:00" });
const always = calendar("office", { zone: "UTC", from: "00:00", to: "24:00" });
const drought = during(
  office,
  hours(1),
  givenAtLeast(
    count(1, "tickets"),
    increase(sold, { over: hours(1) }),
    below(increase(sold, { over: hours(1) }), count(5, "tickets")),
  ),
);

test("the comparison is found below floor and calendar", () => {
  expect(comparisonOf(drought.test)?.threshold).toEqual({ value: 5, unit: "tickets" });
});

test("the window is the longest that the value looks back over", () => {
  expect(windowOf(drought.test)).toEqual(hours(1));
});

test("an adjustment reaches every window, the limit and the calendar, and leaves the original alone", () => {
  const before = JSON.stringify(drought);
  const adjusted = adjust(drought.test, {
    threshold: count(2, "tickets"),
    over: minutes(15),
    calendars: { office: always },
  });
  expect(comparisonOf(adjusted)?.threshold.value).toBe(2);
  expect(windowOf(adjusted)).toEqual(minutes(15));
  expect(adjusted).toMatchObject({ op: "during", settled: minutes(15), calendar: { zone: "UTC" } });
  expect(JSON.stringify(adjusted)).not.toContain('"value":3600');
  expect(JSON.stringify(drought)).toBe(before);
});
