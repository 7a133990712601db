const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Hours of the day at which a shop is fullest, how wide these bumps are, and how high. */
const bumps = [
  { at: 12.5, width: 2.5, height: 0.6 },
  { at: 19.5, width: 2.5, height: 0.85 },
] as const;
const night = 0.15;
/** From Sunday on. */
const ofWeekday = [0.85, 0.8, 0.82, 0.85, 0.9, 1, 0.95] as const;

const distance = (hour: number, other: number) => {
  const apart = Math.abs(hour - other);
  return Math.min(apart, 24 - apart);
};

/** How much of the week's largest load there is at a moment, in ms since 1970: between about 0.1 and 1. */
export function loadAt(time: number): number {
  const hour = (time % DAY) / HOUR;
  const bump = Math.max(
    ...bumps.map(({ at, width, height }) => height * Math.exp(-((distance(hour, at) / width) ** 2) / 2)),
  );
  const [today = 1, tomorrow = 1] = [0, 1].map((days) => ofWeekday[new Date(time + days * DAY).getUTCDay()]);
  // From one day to the next within the last hour, or midnight would be a step.
  const weekday = hour < 23 ? today : today + (tomorrow - today) * (hour - 23);
  return (night + bump) * weekday;
}
