const pattern = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const day = 86_400_000;
const sizes = [365 * day, 7 * day, day, 3_600_000, 60_000, 1000, 1];

/** Milliseconds of a duration as Prometheus and Alertmanager write it: `30s`, `1h30m`, `1d`, `0`; undefined for none. */
export function parseDuration(text: string): number | undefined {
  if (text === "0") return 0;
  const match = text === "" ? null : pattern.exec(text);
  if (!match) return undefined;
  return sizes.reduce((sum, size, index) => sum + size * Number(match[index + 1] ?? 0), 0);
}
