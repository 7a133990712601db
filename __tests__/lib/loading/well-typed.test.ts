import { type Diagnostic, DiagnosticsError } from "@watchbill/model";
import { refuseMistyped } from "../../../lib/loading/well-typed";
import { TypedProject } from "../../support/typed-project";

const project = new TypedProject({
  "main.ts": `const tune: { readonly Known?: number; readonly Other?: number } = {
  Knwon: 1,
};
const share: number = "much";
`,
});
afterAll(() => project.remove());

const diagnostic = (at: string, message: string): Diagnostic => ({
  code: "tune-unknown",
  severity: "error",
  path: "local/tune",
  at,
  message,
  hint: "tune another",
});

/** Codes and places of what is refused, given what is found without the types. */
function refused(compile: () => readonly Diagnostic[]) {
  try {
    refuseMistyped(project.root, compile);
    return [];
  } catch (error) {
    if (!(error instanceof DiagnosticsError)) throw error;
    return error.diagnostics.map(({ code, at }) => `${code} ${at}`);
  }
}

test("a mistake that is known by name is told by that name alone; all others beside it", () => {
  const unknown = diagnostic("main.ts:1", 'there is no alert "Knwon"');
  expect(refused(() => [unknown])).toEqual(["tune-unknown main.ts:1", "declaration-mistyped main.ts:4"]);
  const elsewhere = diagnostic("other.ts:1", 'there is no alert "Knwon"');
  expect(refused(() => [elsewhere])).toEqual([
    "tune-unknown other.ts:1",
    "declaration-mistyped main.ts:2",
    "declaration-mistyped main.ts:4",
  ]);
});

test("what can't be loaded for its types is told by its types", () => {
  const throws = () => {
    throw Object.assign(new TypeError("x is not a function"), {
      stack: `TypeError: x\n    at a (${project.root}/services/shop.ts:4:1)`,
    });
  };
  expect(refused(throws)).toEqual(["declaration-mistyped main.ts:2", "declaration-mistyped main.ts:4"]);
});

test("a warning is nothing to be refused, and does not stand in the way", () => {
  expect(refused(() => [{ ...diagnostic("main.ts:2", "it is odd"), severity: "warning" }])).toEqual([
    "declaration-mistyped main.ts:2",
    "declaration-mistyped main.ts:4",
  ]);
});
