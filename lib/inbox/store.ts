import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Arrival, Message } from "./message";

/** Messages that are kept; older ones are forgotten when the file is next rewritten. */
const mostMessages = 5000;
/** Lines that are no longer needed, above which the file is rewritten. */
const mostDeadLines = 1000;

/**
 * All messages, in the order in which they came: JSON Lines in a file, one appended for each. Of a heartbeat only the
 * last beat counts.
 */
export class Store {
  #messages: Message[] = [];
  #lines = 0;
  #last = 0;
  #torn = false;
  /** Lines from which on the file is made shorter, if it can be. */
  #most = 0;

  /**
   * @param file created, with its folder, when it is missing; a last line that was torn by a crash is cut off
   * @param log hears of lines that can't be read
   */
  constructor(
    readonly file: string,
    private readonly log: (line: string) => void,
  ) {
    mkdirSync(dirname(file), { recursive: true });
    if (existsSync(file)) this.#load();
    this.#compactIfWorthwhile();
  }

  /**
   * Keeps a message; once this returns it is in the file.
   *
   * @throws the file system's own error when it can't be written
   */
  add(arrival: Arrival, at: Date): Message {
    const message: Message = {
      id: `${this.#last + 1}`,
      at: at.toISOString(),
      ...arrival,
      ...(arrival.channel === "heartbeat" && { beats: this.#nextBeat(arrival.to, at) }),
    };
    this.#append(message);
    this.#take(message);
    this.#compactIfWorthwhile();
    return message;
  }

  /**
   * @param since an id: what came after that message; or an ISO time: what came then or later; without it, everything
   */
  list(since?: string): readonly Message[] {
    if (since === undefined) return this.#messages;
    if (/^\d+$/.test(since)) return this.#messages.filter(({ id }) => Number(id) > Number(since));
    const from = Date.parse(since);
    return this.#messages.filter(({ at }) => Date.parse(at) >= from);
  }

  #append(message: Message): void {
    const line = `${JSON.stringify(message)}\n`;
    try {
      appendFileSync(this.file, this.#torn ? `\n${line}` : line);
      this.#torn = false;
    } catch (error) {
      // A full disk may have taken half of the line; the next one must not be glued to it.
      this.#torn = true;
      throw error;
    }
  }

  #nextBeat(name: string, at: Date): NonNullable<Message["beats"]> {
    const before = this.#messages.find(({ channel, to }) => channel === "heartbeat" && to === name)?.beats;
    return before ? { ...before, count: before.count + 1 } : { count: 1, since: at.toISOString() };
  }

  #take(message: Message): void {
    if (message.channel === "heartbeat") {
      this.#messages = this.#messages.filter(({ channel, to }) => channel !== "heartbeat" || to !== message.to);
    }
    this.#messages.push(message);
    this.#last = Math.max(this.#last, Number(message.id));
    this.#lines += 1;
  }

  #load(): void {
    const content = readFileSync(this.file);
    const whole = content.subarray(0, content.lastIndexOf("\n") + 1);
    if (whole.length < content.length) {
      this.log(`inbox: ${this.file}: its last line was torn, ${content.length - whole.length} bytes cut off`);
      truncateSync(this.file, whole.length);
    }
    const lines = whole.toString().split("\n").slice(0, -1);
    for (const [index, line] of lines.entries()) {
      try {
        this.#take(JSON.parse(line) as Message);
      } catch {
        this.log(`inbox: ${this.file}:${index + 1} is not a message; passed over`);
      }
    }
  }

  /** A file that can't be made shorter holds all that it has to, so that it is no reason to refuse a message. */
  #compactIfWorthwhile(): void {
    const kept = this.#messages.slice(-mostMessages);
    if (this.#lines - kept.length <= mostDeadLines || this.#lines < this.#most) return;
    const next = `${this.file}.next`;
    try {
      writeFileSync(next, kept.map((message) => `${JSON.stringify(message)}\n`).join(""));
      renameSync(next, this.file);
      this.#messages = kept;
      this.#lines = kept.length;
      this.#most = 0;
    } catch (error) {
      this.log(`inbox: ${this.file} can't be made shorter: ${(error as Error).message}`);
      this.#most = this.#lines + mostDeadLines;
    }
  }
}
