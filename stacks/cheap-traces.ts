/**
 * Runs `build` while every token of CDKTF that wants to know where it was made gets no answer: it captures a stack for
 * each attribute of each resource, and reading those through source maps takes most of a synthesis. Whatever is thrown
 * keeps its trace, and is read with source maps as soon as `build` has ended, since V8 writes a trace when it is read.
 */
export function withCheapTraces<T>(build: () => T): T {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (thrown, frames) =>
    thrown instanceof Error ? [String(thrown), ...frames.map((frame) => `    at ${frame}`)].join("\n") : "";
  try {
    return build();
  } finally {
    Error.prepareStackTrace = before as NonNullable<typeof before>;
  }
}
