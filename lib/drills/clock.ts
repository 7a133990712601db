const pad = (value: number) => `${value}`.padStart(2, "0");

/** A time since the beginning, given in ms, as a stopwatch shows it: `0:45`, `1:02:30`, `-6:00:00`. */
export function clock(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const sign = milliseconds < 0 && seconds > 0 ? "-" : "";
  return hours > 0 ? `${sign}${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${sign}${minutes}:${pad(seconds % 60)}`;
}
