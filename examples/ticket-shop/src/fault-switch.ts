import { readFileSync } from "node:fs";
import { type Fault, faultNames, parseFaults } from "./faults";

/** Which faults are on right now. */
export interface Faults {
  has(fault: Fault): boolean;
  /** Calls back at once with the state as it is, and again on every change. */
  follow(fault: Fault, listener: (on: boolean) => void): void;
}

/** Faults that code switches on and off. */
export class FaultSwitch implements Faults {
  #on: ReadonlySet<Fault> = new Set();
  readonly #listeners = new Map<Fault, ((on: boolean) => void)[]>();

  has(fault: Fault): boolean {
    return this.#on.has(fault);
  }

  follow(fault: Fault, listener: (on: boolean) => void): void {
    this.#listeners.set(fault, [...(this.#listeners.get(fault) ?? []), listener]);
    listener(this.has(fault));
  }

  /** Makes exactly these faults be on. */
  set(faults: Iterable<Fault>): void {
    const before = this.#on;
    this.#on = new Set(faults);
    for (const [fault, listeners] of this.#listeners) {
      if (before.has(fault) === this.has(fault)) continue;
      for (const listener of listeners) listener(this.has(fault));
    }
  }

  /** The faults that are on, in the order in which they are declared. */
  list(): Fault[] {
    return inOrder(this.#on);
  }
}

function inOrder(faults: ReadonlySet<Fault>): Fault[] {
  return (Object.keys(faultNames) as Fault[]).filter((fault) => faults.has(fault));
}

/** Shorter than the 200 ms within which a fault must be on, with room for a busy event loop. */
const pollMilliseconds = 100;

/**
 * Keeps a switch in step with a file. A missing file means no faults; a damaged one leaves them as they are and is
 * reported once. Reading the small file every time beats watching it: no file system misses a change.
 *
 * @returns a function that stops reading
 */
export function followFaultsFile(file: string, faults: FaultSwitch, log: (line: string) => void): () => void {
  let seen: string | undefined;
  const read = (): void => {
    const text = readText(file);
    if (text === seen) return;
    seen = text;
    const parsed = text === "" ? { faults: new Set<Fault>() } : parseFaults(text);
    if ("mistake" in parsed) {
      log(`${file}: ${parsed.mistake}; faults stay as they were (${faults.list().join(", ") || "none"})`);
      return;
    }
    const before = faults.list().join(", ");
    const after = inOrder(parsed.faults).join(", ");
    // Before they act, so that what they do is logged below its cause.
    if (before !== after) log(after === "" ? "faults: none, all is mended" : `faults: ${after}`);
    faults.set(parsed.faults);
  };
  read();
  const timer = setInterval(read, pollMilliseconds);
  return () => clearInterval(timer);
}

/** The file's text: empty when it is missing, a text that no parser takes when it cannot be read. */
function readText(file: string): string {
  try {
    return readFileSync(file, "utf8") || " ";
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === "ENOENT" ? "" : `cannot be read: ${code}`;
  }
}
