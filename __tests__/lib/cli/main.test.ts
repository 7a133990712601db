import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../lib/runtime/repository-root";
import { temporaryState } from "../../support/real-servers";

const { state, remove } = temporaryState();
afterAll(remove);

function run(words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: repositoryRoot,
    encoding: "utf8",
    env: { ...process.env, WATCHBILL_STATE: state },
  });
  return { status, stdout, stderr };
}

const watchbill = (...words: readonly string[]) => run(["--import", "tsx", "lib/cli/main.ts", ...words]);

test("on a Node that is too old it says so in one line, before it reads anything that Node can't", () => {
  const preload = join(state, "old-node.cjs");
  writeFileSync(preload, 'Object.defineProperty(process.versions, "node", { value: "20.18.3" });');
  expect(run(["--require", preload, "lib/cli/bootstrap.mjs", "up"])).toEqual({
    status: 1,
    stdout: "",
    stderr: "watchbill: this is Node 20.18.3, which is too old → install Node 20.19 or later\n",
  });
});

test("an environment that does not exist is answered with those that do", () => {
  expect(watchbill("up", "--environment", "nowhere")).toMatchObject({
    status: 1,
    stderr:
      'error unknown-environment [nowhere]: there is no environment "nowhere" → there are local, staging, production\n',
  });
});

test("an environment whose servers run elsewhere is left to cdktf", () => {
  expect(watchbill("down", "-e", "staging")).toMatchObject({
    status: 1,
    stderr: "error environment-elsewhere [staging]: staging does not run on this machine → npx cdktf deploy staging\n",
  });
});

test("before the first deploy nothing is up: status says so, and fails", () => {
  expect(watchbill("status")).toMatchObject({ status: 1, stdout: "local is not up → npm run up\n" });
  expect(watchbill("status", "--json")).toMatchObject({ status: 1, stdout: "[]\n" });
  expect(watchbill("break", "payments")).toMatchObject({
    status: 1,
    stderr: "error no-shop [local]: no ticket shop is up here → npm run up\n",
  });
  expect(watchbill("inbox")).toMatchObject({
    status: 1,
    stderr: "error no-inbox [local]: no inbox is up here → npm run up\n",
  });
});

test("a command that is misspelt is answered with the one that was meant", () => {
  const { status, stderr } = watchbill("inbx");
  expect(status).toBe(1);
  expect(stderr).toMatch(/unknown command 'inbx'\n\(Did you mean inbox\?\)/);
});
