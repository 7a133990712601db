/**
 * Where in the user's code something was declared, for diagnostics: `services/tickets.ts:12`.
 * The stack is captured when the value is made and read only when somebody asks, since reading it (source maps) costs a
 * thousand times what capturing does.
 */
export class Place {
  readonly #trace: { stack?: string };

  private constructor(trace: { stack?: string }) {
    this.#trace = trace;
  }

  /** The caller of `declaring`, a function that declares something. */
  static callerOf(declaring: (...args: never[]) => unknown): Place {
    const trace: { stack?: string } = {};
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 6;
    Error.captureStackTrace(trace, declaring);
    Error.stackTraceLimit = limit;
    return new Place(trace);
  }

  /** `file:line`, the file relative to the working directory; the first one outside the engine's own rooms. */
  toString(): string {
    const frames = (this.#trace.stack ?? "").split("\n").flatMap(readFrame);
    const users = frames.find((frame) => !/^(packages|lib|node_modules)\//.test(frame));
    return users ?? frames[0] ?? "unknown place";
  }

  toJSON(): undefined {
    return undefined;
  }
}

function readFrame(line: string): string[] {
  const match = /(?:file:\/\/)?(\/[^():]+|[A-Z]:[^():]+):(\d+):\d+\)?$/.exec(line.trim());
  if (!match?.[1] || !match[2]) return [];
  const root = `${process.cwd()}/`;
  return [`${match[1].startsWith(root) ? match[1].slice(root.length) : match[1]}:${match[2]}`];
}
