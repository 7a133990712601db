import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeSecrets } from "../../../lib/runtime/made-secrets";
import type { Server } from "../../../lib/runtime/server";

const state = mkdtempSync(join(tmpdir(), "watchbill-secrets-"));
afterAll(() => rmSync(state, { recursive: true }));

const server: Server = {
  name: "grafana",
  program: { script: "grafana.ts" },
  arguments: [],
  ports: {},
  files: {},
  keepsData: true,
  secrets: ["password", "license"],
  madeSecrets: ["password"],
};
const password = join(state, "secrets/password");

test("a password that is missing is made, for its owner's eyes only, and kept from then on", () => {
  expect(makeSecrets(state, [server])).toEqual([password]);
  const made = readFileSync(password, "utf8");
  expect(made).toMatch(/^[\w-]{32}$/);
  expect(statSync(password).mode & 0o777).toBe(0o600);
  expect(makeSecrets(state, [server])).toEqual([]);
  expect(readFileSync(password, "utf8")).toBe(made);
});
