/** How long ago, in one unit: "just now", "12 s ago", "4 min ago", "3 h ago", "2 d ago". */
export function ago(at: Date, now: Date): string {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000);
  if (seconds < 2) return "just now";
  return `${duration(seconds)} ago`;
}

/** Seconds in the largest unit that fits at least twice: "90 s", "2 min", "3 h", "2 d". */
export function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** "12:03:41" today, "20 Nov 12:03" on other days. */
export function clock(at: Date, now: Date, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const day = (date: Date) => date.toLocaleDateString("en-GB", { day: "numeric", month: "short", ...zone });
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...zone } as const;
  if (day(at) === day(now)) return at.toLocaleTimeString("en-GB", { ...time, second: "2-digit" });
  return `${day(at)} ${at.toLocaleTimeString("en-GB", time)}`;
}
