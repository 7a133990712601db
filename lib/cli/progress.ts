const width = 30;
const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;

/** A bar of so many columns, filled to a share of 0 to 1. */
export function bar(share: number, columns = width): string {
  const filled = Math.max(0, Math.min(1, share)) * columns;
  const whole = Math.floor(filled);
  const part = eighths[Math.floor((filled - whole) * 8)] ?? "";
  return `${"█".repeat(whole)}${part}`.padEnd(columns, "·");
}

/** How far something is, for whoever waits at a terminal: a line on stderr that is written anew, and is gone at the end. */
export class Progress {
  readonly #shown = process.stderr.isTTY === true && process.env.CI === undefined;
  #last = 0;

  show(share: number, words: string): void {
    const now = Date.now();
    if (!this.#shown || now - this.#last < 100) return;
    this.#last = now;
    const percent = `${Math.floor(share * 100)}`.padStart(3);
    const columns = process.stderr.columns || 80;
    process.stderr.write(`\r\x1b[2K${`  ${bar(share)} ${percent} %  ${words}`.slice(0, columns - 1)}`);
  }

  clear(): void {
    if (this.#shown) process.stderr.write("\r\x1b[2K");
  }
}
