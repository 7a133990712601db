import { type Diagnostic, DiagnosticsError, formatDiagnostic } from "@watchbill/model";
import { mistakesOf } from "../../../lib/loading/load-mistake";

const thrown = (stack: string, name = "TypeError", message = "x is not a function") =>
  Object.assign(new Error(message), { name, stack: `${name}: ${message}\n${stack}` });
const told = (error: unknown) => mistakesOf("/checkout", error).map(formatDiagnostic);
const hint = "→ mend it; `npx tsc --noEmit` tells of all such mistakes at once";

test("what a declaration throws is told with the place in it, however deep it happened", () => {
  const stack = [
    "    at select (/checkout/packages/model/src/expression.ts:12:3)",
    "    at rate (/checkout/node_modules/@watchbill/model/src/expression.ts:40:1)",
    "    at Object.<anonymous> (/checkout/services/shop.ts:31:7)",
    "    at Module._compile (node:internal/modules/cjs/loader:1521:14)",
  ].join("\n");
  expect(told(thrown(stack))).toEqual([
    `error declaration-broken services/shop.ts:31 [services/shop.ts]: x is not a function ${hint}`,
  ]);
  expect(told(thrown("    at file:///checkout/environments/local.ts:5:9"))).toEqual([
    `error declaration-broken environments/local.ts:5 [environments/local.ts]: x is not a function ${hint}`,
  ]);
});

test("a file that is no TypeScript is told with the line", () => {
  const message =
    'Transform failed with 2 errors:\n/checkout/services/shop.ts:170:0: ERROR: Unexpected "}"\n/checkout/services/shop.ts:171:4: ERROR: Expected ";"';
  expect(told(thrown("", "TransformError", message))).toEqual([
    `error declaration-broken services/shop.ts:170 [services/shop.ts]: Unexpected "}" ${hint}`,
    `error declaration-broken services/shop.ts:171 [services/shop.ts]: Expected ";" ${hint}`,
  ]);
});

test("what the engine does by itself is no mistake of the user's", () => {
  expect(told(thrown("    at compile (/checkout/lib/compile.ts:12:3)\n    at node:internal/x:1:1"))).toEqual([]);
  const inOurs = "    at compile (/checkout/lib/compile.ts:12:3)\n    at synthesize (/checkout/main.ts:18:7)";
  expect(told(thrown(inOurs))).toEqual([]);
  expect(told("a word")).toEqual([]);
});

test("gathered mistakes stay what they are", () => {
  const gathered: Diagnostic = { code: "a-code", severity: "error", path: "shop", message: "so", hint: "mend it" };
  expect(mistakesOf("/", new DiagnosticsError([gathered]))).toEqual([gathered]);
});
