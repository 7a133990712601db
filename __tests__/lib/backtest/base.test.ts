import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { manifestsAt } from "../../../lib/backtest/base";
import { temporaryFolder } from "../../support/blocks";
import { gitIn } from "../../support/git";

const root = temporaryFolder();
const git = gitIn(root);
function commit(path: string, text: string): void {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), text);
  git("add", ".");
  git("commit", "-q", "-m", path);
}
beforeAll(() => {
  git("init", "-q");
  commit("manifests/staging/prometheus/rules/a.yml", "first");
  commit("manifests/production/prometheus/rules/a.yml", "first");
  commit("manifests/production/prometheus/rules/a.yml", "second");
  commit("manifests/production/alertmanager/alertmanager.yml", "route");
});
const said = (ref: string, environment = "production") =>
  manifestsAt(ref, environment, root).catch((error: Error) => error.message);

test("the files of an environment are those of the commit", async () => {
  expect(await said("HEAD~1")).toEqual({ "prometheus/rules/a.yml": "second" });
  expect(await said("HEAD")).toEqual({ "prometheus/rules/a.yml": "second", "alertmanager/alertmanager.yml": "route" });
});

test("a ref that git does not know is one line, and never an option of git's", async () => {
  expect(await said("nowhere")).toBe(
    'error unknown-ref [--base nowhere]: git knows no commit "nowhere" → name a branch, a tag or a commit: main, HEAD~1',
  );
  expect(await said("--help")).toMatch(/^error unknown-ref \[--base --help\]/);
});

test("a commit from before the manifests is one line", async () => {
  expect(await said("HEAD~3")).toBe(
    "error ref-without-manifests [--base HEAD~3]: there are no rules in manifests/production/ then → name a later commit, or another environment",
  );
});

test("in a hook of another repository's, too, the commit is looked for here", async () => {
  const other = temporaryFolder();
  gitIn(other)("init", "-q");
  const before = { ...process.env };
  try {
    Object.assign(process.env, {
      GIT_DIR: join(other, ".git"),
      GIT_WORK_TREE: other,
      GIT_INDEX_FILE: join(other, "index"),
    });
    commit("notes.txt", "third");
    expect(await said("HEAD~2")).toEqual({ "prometheus/rules/a.yml": "second" });
    expect(gitIn(other)("for-each-ref")).toBe("");
  } finally {
    for (const name of ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"]) delete process.env[name];
    Object.assign(process.env, before);
  }
});
