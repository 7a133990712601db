/** Prometheus' template functions, as its reference describes them (https://prometheus.io/docs/prometheus/latest/configuration/template_reference/). */

/** Four significant digits, with an exponent where the number is very large or very small: Go's `%.4g`. */
function fourDigits(value: number): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  const [digits = "", exponent = "0"] = value.toExponential(3).split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 4) return `${Number(value.toPrecision(4))}`;
  return `${Number(digits)}e${power < 0 ? "-" : "+"}${`${Math.abs(power)}`.padStart(2, "0")}`;
}

function scaled(value: number, size: number, prefixes: readonly string[]): string {
  let [rest, prefix] = [value, ""];
  for (const next of prefixes) {
    if (Math.abs(rest) < size) break;
    [rest, prefix] = [rest / size, next];
  }
  return `${fourDigits(rest)}${prefix}`;
}

function shrunk(value: number): string {
  let [rest, prefix] = [value, ""];
  for (const next of ["m", "u", "n", "p", "f", "a", "z", "y"]) {
    if (Math.abs(rest) >= 1) break;
    [rest, prefix] = [rest * 1000, next];
  }
  return `${fourDigits(rest)}${prefix}`;
}

const isPlain = (value: number) => value === 0 || !Number.isFinite(value);

function duration(value: number): string {
  if (isPlain(value)) return `${fourDigits(value)}${Number.isFinite(value) ? "s" : ""}`;
  if (Math.abs(value) < 1) return `${shrunk(value)}s`;
  const [sign, whole] = [value < 0 ? "-" : "", Math.trunc(Math.abs(value))];
  const parts = [
    [Math.trunc(whole / 86400), "d"],
    [Math.trunc(whole / 3600) % 24, "h"],
    [Math.trunc(whole / 60) % 60, "m"],
    [whole % 60, "s"],
  ] as const;
  const first = parts.findIndex(([many]) => many !== 0);
  if (first === 3) return `${sign}${fourDigits(Math.abs(value))}s`;
  return `${sign}${parts
    .slice(first)
    .map(([many, unit]) => `${many}${unit}`)
    .join(" ")}`;
}

/** A value as a message says it, in its unit: `5.1%`, `2m 5s`, `1.5GiB`, `12k`. */
export function humanized(value: number, unit: string): string {
  if (unit === "ratio") return `${fourDigits(value * 100)}%`;
  if (unit === "seconds") return duration(value);
  if (unit === "bytes") {
    const text = isPlain(value) || Math.abs(value) <= 1 ? fourDigits(value) : scaled(value, 1024, binary);
    return `${text}B`;
  }
  if (isPlain(value)) return fourDigits(value);
  return Math.abs(value) >= 1 ? scaled(value, 1000, ["k", "M", "G", "T", "P", "E", "Z", "Y"]) : shrunk(value);
}

const binary = ["ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"];
