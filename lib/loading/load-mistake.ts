import { relative } from "node:path";
import { type Diagnostic, DiagnosticsError } from "@watchbill/model";

/** What tsx says of a file that it can't read: `/…/shop.ts:170:0: ERROR: Unexpected "}"`, a line each. */
const untransformed = /^(\/.+):(\d+):\d+: ERROR: (.+)$/gm;

/** The engine's own: what breaks there by itself is our mistake, and its trace is what helps. */
const engine = /^(?:(?:lib|stacks|packages|bench|node_modules|\.\.)\/|main\.ts$)/;

const broken = (path: string, at: string, message: string): Diagnostic => ({
  code: "declaration-broken",
  severity: "error",
  path,
  at,
  message,
  hint: "mend it; `npx tsc --noEmit` tells of all such mistakes at once",
});

/** The user's mistakes, if that is what was thrown: gathered ones, or what a declaration did as it was loaded. Else nothing. */
export function mistakesOf(root: string, error: unknown): readonly Diagnostic[] {
  if (!(error instanceof Error)) return [];
  if (error instanceof DiagnosticsError) return error.diagnostics;
  if (error.name === "TransformError") {
    return [...error.message.matchAll(untransformed)].map(([, path = "", line, text = ""]) => {
      const file = relative(root, path);
      return broken(file, `${file}:${line}`, text);
    });
  }
  const frames = [...(error.stack ?? "").matchAll(/\(?((?:file:\/\/)?\/[^()\s]+):(\d+):\d+\)?$/gm)];
  const places = frames.map(([, file = "", line]) => ({ file: relative(root, file.replace(/^file:\/\//, "")), line }));
  const declared = places.find(({ file }) => !engine.test(file));
  return declared ? [broken(declared.file, `${declared.file}:${declared.line}`, error.message)] : [];
}
