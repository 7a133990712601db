import { type Calendar, type Weekday, weekdays } from "@watchbill/model";

/** `["monday:friday"]` for days that follow one another, else each by name. */
function dayRanges(days: readonly Weekday[]): string[] {
  const indices = [...new Set(days.map((day) => weekdays.indexOf(day)))].sort((a, b) => a - b);
  const first = indices[0] ?? 0;
  const last = indices.at(-1) ?? 0;
  if (indices.length > 2 && last - first === indices.length - 1) return [`${weekdays[first]}:${weekdays[last]}`];
  return indices.map((index) => `${weekdays[index]}`);
}

/** A calendar as one of Alertmanager's time intervals, in the calendar's own zone. */
export const timeInterval = (calendar: Calendar) => ({
  name: calendar.name,
  time_intervals: [
    {
      times: [{ start_time: calendar.from, end_time: calendar.to }],
      weekdays: dayRanges(calendar.days),
      location: calendar.zone,
    },
  ],
});
