import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Diagnostic, DiagnosticsError } from "@watchbill/model";

const run = promisify(execFile);

/** Where git looks instead of the folder that it is started in: in a hook they name the repository that the hook is of. */
const elsewhere = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_COMMON_DIR",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_PREFIX",
];
const here = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !elsewhere.includes(name)));

/**
 * The files of manifests/<environment>/ as they were committed, by their paths below it.
 *
 * @param ref what git knows: a branch, a tag, a commit
 * @throws DiagnosticsError unknown-ref, ref-without-manifests
 */
export async function manifestsAt(ref: string, environment: string, root: string): Promise<Record<string, string>> {
  const git = async (...words: string[]) =>
    (await run("git", words, { cwd: root, env: here(), maxBuffer: 2 ** 28 })).stdout;
  const refuse = (code: string, message: string, hint: string) => {
    const diagnostic: Diagnostic = { code, severity: "error", path: `--base ${ref}`, message, hint };
    return new DiagnosticsError([diagnostic]);
  };
  const commit = await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`).then(
    (words) => words.trim(),
    () => {
      throw refuse("unknown-ref", `git knows no commit "${ref}"`, "name a branch, a tag or a commit: main, HEAD~1");
    },
  );
  const folder = `manifests/${environment}/`;
  const paths = (await git("ls-tree", "-r", "--name-only", "-z", commit, folder)).split("\0").filter((path) => path);
  if (!paths.some((path) => path.startsWith(`${folder}prometheus/rules/`))) {
    throw refuse(
      "ref-without-manifests",
      `there are no rules in ${folder} then`,
      "name a later commit, or another environment",
    );
  }
  const files = await Promise.all(
    paths.map(async (path) => [path.slice(folder.length), await git("show", `${commit}:${path}`)] as const),
  );
  return Object.fromEntries(files);
}
