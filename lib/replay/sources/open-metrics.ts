import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { type Diagnostic, DiagnosticsError } from "@watchbill/model";
import { keyOf } from "../labelled";
import type { Series } from "../series";

class Growing {
  readonly #labels: Series["labels"];
  #times = new Float64Array(64);
  #values = new Float64Array(64);
  #many = 0;
  #rising = true;

  constructor(labels: Series["labels"]) {
    this.#labels = labels;
  }

  add(time: number, value: number): void {
    if (this.#many === this.#times.length) [this.#times, this.#values] = [twice(this.#times), twice(this.#values)];
    if (this.#many > 0 && !(time > this.#times[this.#many - 1]!)) this.#rising = false;
    this.#times[this.#many] = time;
    this.#values[this.#many++] = value;
  }

  /** In the order of time; of two samples at one time, the later line. */
  series(): Series {
    const times = this.#times.subarray(0, this.#many);
    const values = this.#values.subarray(0, this.#many);
    if (this.#rising) return { labels: this.#labels, times, values };
    const sorted = [...new Map(Array.from(times, (time, index) => [time, values[index]!] as const))];
    sorted.sort(([one], [other]) => one - other);
    return {
      labels: this.#labels,
      times: Float64Array.from(sorted, ([time]) => time),
      values: Float64Array.from(sorted, ([, value]) => value),
    };
  }
}

function twice(array: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}

const line = /^([a-zA-Z_:][\w:]*)(?:\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\})? (\S+) (\S+?)(?: # .*)?$/;
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"(?:,|$)/gy;

/** The end of the year 9999: what is further away is no number of seconds. */
const lastSecond = 253_402_300_799;

/** At most so many lines are complained of: a file of another format has nothing but. */
const mostMistakes = 5;

/**
 * Samples of a file in OpenMetrics text (https://openmetrics.io), each with its time in seconds, in any order. All are in
 * memory at once, 16 bytes each.
 *
 * @throws DiagnosticsError open-metrics: lines that can't be read
 */
export async function readOpenMetrics(file: string): Promise<Series[]> {
  const found = new Map<string, Growing>();
  // As a line writes them: most lines write a series' labels like the one before.
  const asWritten = new Map<string, Growing>();
  const mistakes: Diagnostic[] = [];
  let [number, ended] = [0, false];
  const mistake = (message: string, hint: string) => {
    if (mistakes.length >= mostMistakes) return;
    mistakes.push({ code: "open-metrics", severity: "error", path: `${file}:${number}`, message, hint });
  };
  for await (const text of createInterface({ input: createReadStream(file) })) {
    number++;
    if (text === "# EOF") ended = true;
    if (text === "" || text.startsWith("#")) continue;
    const [, name, inside = "", value = "", time] = line.exec(text) ?? [];
    const parsed = { value: numberOf(value), time: Number(time) };
    if (name === undefined) {
      mistake("the line is no sample with a time", 'write name{label="value"} 1 1767571200');
      continue;
    }
    if (parsed.value === undefined || !Number.isFinite(parsed.time)) {
      mistake("value or time is no number", "write the value, then the time in seconds since 1970");
      continue;
    }
    if (Math.abs(parsed.time) > lastSecond) {
      mistake(`the time ${time} is in no year of four digits`, "write it in seconds since 1970, not in milliseconds");
      continue;
    }
    const key = `${name}{${inside}}`;
    let growing = asWritten.get(key);
    if (!growing) {
      const labels = labelsOf(name, inside);
      if (!labels) {
        mistake("the labels can't be read", 'write {label="value",other="value"}');
        continue;
      }
      growing = found.get(keyOf(labels)) ?? new Growing(labels);
      asWritten.set(key, growing);
      found.set(keyOf(labels), growing);
    }
    growing.add(Math.round(parsed.time * 1000), parsed.value);
  }
  if (!ended && mistakes.length === 0)
    mistake("the file has no last line # EOF", "take a whole file: this one may be cut off");
  if (mistakes.length > 0) throw new DiagnosticsError(mistakes);
  return [...found.values()].map((growing) => growing.series());
}

function numberOf(text: string): number | undefined {
  if (/^[+-]?inf(inity)?$/i.test(text))
    return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^nan$/i.test(text)) return Number.NaN;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/** An empty label is none, in Prometheus. */
function labelsOf(name: string, inside: string): Record<string, string> | undefined {
  const labels: Record<string, string> = { __name__: name };
  label.lastIndex = 0;
  for (let at = 0; at < inside.length; at = label.lastIndex) {
    const match = label.exec(inside);
    if (!match) return undefined;
    labels[match[1]!] = match[2]!.replace(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
  }
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""));
}
