const ratio = { "%": 0.01, percent: 0.01, ratio: 1 };
const seconds = { ms: 0.001, milliseconds: 0.001, s: 1, seconds: 1, min: 60, m: 60, minutes: 60, h: 3600, d: 86_400 };
const bytes = {
  B: 1,
  bytes: 1,
  KiB: 1024,
  MiB: 1024 ** 2,
  mebibytes: 1024 ** 2,
  GiB: 1024 ** 3,
  gibibytes: 1024 ** 3,
};
const perSecond = { "/s": 1, "per second": 1, "/min": 1 / 60, "per minute": 1 / 60 };

/** The units that a quantity can be written in, each with its size in the quantity's own: `%` is 0.01 of a ratio. */
export function unitsOf(unit: string): ReadonlyMap<string, number> {
  if (unit === "ratio") return new Map(Object.entries(ratio));
  if (unit === "seconds") return new Map(Object.entries(seconds));
  if (unit === "bytes") return new Map(Object.entries(bytes));
  return new Map(unit.endsWith("/second") ? Object.entries({ ...perSecond, [unit]: 1 }) : [[unit, 1]]);
}
