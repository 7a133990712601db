import { formatDiagnostic } from "@watchbill/model";
import { typeErrors } from "../../../lib/loading/type-errors";
import { TypedProject } from "../../support/typed-project";

const project = new TypedProject({ "main.ts": 'import { shop } from "./services/shop";\nshop;\n' });
afterAll(() => project.remove());

const shop = (declared: string) =>
  project.write(
    "services/shop.ts",
    `interface Options { readonly name: string; readonly port: number; readonly tags: { readonly team: "a" | "b" } }
const service = (options: Options) => options;
export const shop = service(${declared});
`,
  );

/** Each mistake as it is told, and whether it was looked for at all. */
function found() {
  const begins = jest.fn();
  const told = typeErrors(project.root, begins).map(formatDiagnostic);
  return { told, looked: begins.mock.calls.length > 0 };
}

const hint = "→ write what its type asks for; an editor shows it";

test("each mistake is a line with its place, whatever the compiler takes to explain it", () => {
  shop('{\n  name: 1,\n  port: 3000,\n  tags: { team: "c" } }');
  expect(found().told).toEqual([
    `error declaration-mistyped services/shop.ts:4 [TS2322]: Type 'number' is not assignable to type 'string' ${hint}`,
    `error declaration-mistyped services/shop.ts:6 [TS2322]: Type '"c"' is not assignable to type '"a" | "b"' ${hint}`,
  ]);
  shop('{ port: 3000, tags: { team: "a" } }');
  expect(found().told).toEqual([
    `error declaration-mistyped services/shop.ts:3 [TS2345]: Property 'name' is missing in type '{ … }' but required in type 'Options' ${hint}`,
  ]);
  shop('{ name: "shop", ');
  expect(found().told).toEqual([
    `error declaration-mistyped services/shop.ts:3 [TS1136]: Property assignment expected ${hint}`,
  ]);
});

test("what was right once is not looked at again until it is changed, and tests are nobody's declarations", () => {
  shop('{ name: "shop", port: 3000, tags: { team: "a" } }');
  expect(found()).toEqual({ told: [], looked: true });
  expect(found()).toEqual({ told: [], looked: false });
  project.write("__tests__/shop.test.ts", "const unfinished: number = 'yet';\n");
  expect(found()).toEqual({ told: [], looked: false });
  shop('{ name: "shop", port: 3001, tags: { team: "a" } }');
  expect(found()).toEqual({ told: [], looked: true });
  shop('{ name: "shop", port: 3000, tags: { team: "a" } }');
  expect(found()).toEqual({ told: [], looked: false });
});
