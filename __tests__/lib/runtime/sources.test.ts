import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { environments } from "../../../environments";
import { sourcesHash } from "../../../lib/runtime/sources";

const root = mkdtempSync(join(tmpdir(), "watchbill-sources-"));
afterAll(() => rmSync(root, { recursive: true }));

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const files: Readonly<Record<string, string>> = {
  "shop/main.ts": 'import { app } from "./app";\nimport { WebSocket } from "ws";\n',
  "shop/app.ts":
    'import { join } from "node:path";\nimport { deep } from "../common/deep.js";\nexport * from "@watchbill/words";\n',
  "common/deep.ts": "export const deep = 1;\n",
  "packages/words/src/index.ts": 'export * from "./word";\n',
  "packages/words/src/word.ts": 'import "../../../shop/main";\n',
  "shop/node_modules/ws/package.json": '{ "version": "8.0.0" }',
  "node_modules/ws/package.json": '{ "version": "7.0.0" }',
  "shop/other.ts": "export const other = 1;\n",
};
const hash = (changes: Readonly<Record<string, string>> = {}, script = "shop/main.ts") => {
  for (const [path, text] of Object.entries({ ...files, ...changes })) write(path, text);
  return sourcesHash(script, root);
};

test.each([
  ["the script itself", "shop/main.ts", 'import { app } from "./app";\n'],
  ["what it imports", "shop/app.ts", "export {};\n"],
  ["what that imports, under the name that it will have", "common/deep.ts", "export const deep = 2;\n"],
  ["a workspace", "packages/words/src/word.ts", "export {};\n"],
  ["the package that is nearest", "shop/node_modules/ws/package.json", '{ "version": "8.0.1" }'],
])("the hash changes with %s", (_, path, text) => {
  expect(hash({ [path]: text })).not.toBe(hash());
});

test("it does not change with anything else, nor with where the checkout is", () => {
  const before = hash();
  expect(before).toMatch(/^[0-9a-f]{12}$/);
  expect(hash({ "shop/other.ts": "", "node_modules/ws/package.json": '{ "version": "7.0.1" }' })).toBe(before);
});

test("each script of local has its own, and the inbox's does not hang on the shop", () => {
  const scripts = environments.flatMap(({ programs }) => programs.map(({ script }) => script));
  const hashes = scripts.map((script) => sourcesHash(script));
  expect(new Set(hashes).size).toBe(scripts.length);
  expect(scripts.length).toBeGreaterThan(2);
});
