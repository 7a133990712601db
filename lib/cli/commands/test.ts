import { spawn } from "node:child_process";
import { join } from "node:path";
import { preparePackages } from "../../runtime/prerequisites/prepare";
import { terraformMistakes } from "../../runtime/prerequisites/terraform";
import { repositoryRoot } from "../../runtime/repository-root";
import { stateFolder } from "../../runtime/state-folder";
import { paint, printMistakes, Steps, secondsSince } from "../print";

interface Check {
  readonly name: string;
  readonly command: readonly string[];
}

const bin = (name: string) => join(repositoryRoot, "node_modules/.bin", name);

/** What the compiler knew the last time: whatever has not changed since is not looked at again. */
const buildInfo = join(repositoryRoot, "node_modules/.cache/watchbill/tests.tsbuildinfo");

/** Quick to run and light, so that they go one after another, beside jest unless it is to run alone. */
const light: readonly Check[] = [
  {
    name: "types (tsc)",
    command: [bin("tsc"), "--noEmit", "-p", ".", "--incremental", "--tsBuildInfoFile", buildInfo],
  },
  { name: "lint (biome)", command: [bin("biome"), "check", "--error-on-warnings"] },
  { name: "layering (dependency-cruiser)", command: [bin("depcruise"), "."] },
];

/** Checks everything that can be checked here. Further words go to jest. */
export async function test(words: readonly string[]): Promise<number> {
  const start = Date.now();
  const prepared = await new Steps().run("setting up this machine", async ({ say }) => {
    const state = stateFolder("local");
    const mistakes = [...(await terraformMistakes()), ...(await preparePackages(state, say))];
    const ok = mistakes.length === 0;
    return { ok, ...(ok && { said: "this machine has all it needs" }), mistakes };
  });
  if (!prepared.ok) {
    printMistakes(prepared.mistakes);
    return 1;
  }
  const jest: Check = { name: "tests (jest)", command: [bin("jest"), ...words] };
  // Whoever wants one test at a time wants nothing else beside it either: some of them measure times.
  const alone = words.some((word) => ["-i", "--runInBand", "--maxWorkers=1"].includes(word));
  const results = alone ? await inTurn([...light, jest]) : (await Promise.all([inTurn(light), inTurn([jest])])).flat();
  const failures = results.filter(({ ok }) => !ok);
  for (const { name, printed } of failures) console.log(`\n${paint("red", `✘ ${name}`)}\n${printed.trimEnd()}`);
  const verdict = failures.length === 0 ? "All is well" : `Failed: ${failures.map(({ name }) => name).join(", ")}`;
  console.log(`\n${paint("bold", verdict)} (${secondsSince(start)})`);
  console.log(tally(results));
  return failures.length === 0 ? 0 : 1;
}

/** The last line, in the form that test runners close with: `620 passed, 0 failed`. */
function tally(results: readonly Result[]): string {
  const tests = results.map(({ printed }) => /^Tests: +(.+)$/m.exec(printed)?.[1]).find((line) => line !== undefined);
  const counted = (what: string) => Number(new RegExp(`(\\d+) ${what}`).exec(tests ?? "")?.[1] ?? 0);
  const broken = results.filter(({ ok, printed }) => !ok && !/^Tests: /m.test(printed)).length;
  return `${counted("passed")} passed, ${counted("failed") + broken} failed`;
}

interface Result {
  readonly name: string;
  readonly ok: boolean;
  readonly printed: string;
}

async function inTurn(checks: readonly Check[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const check of checks) results.push(await runCheck(check));
  return results;
}

function runCheck({ name, command: [executable, ...words] }: Check): Promise<Result> {
  const start = Date.now();
  const child = spawn(executable!, words, { cwd: repositoryRoot, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  const hear = (chunk: Buffer) => {
    printed += chunk;
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  return new Promise((resolve) => {
    const end = (ok: boolean) => {
      const mark = ok ? paint("green", "✔") : paint("red", "✘");
      const count = /^Tests: +(.+)$/m.exec(printed)?.[1];
      console.log(
        `  ${mark} ${name}${count === undefined ? "" : `: ${count}`} ${paint("dim", `(${secondsSince(start)})`)}`,
      );
      resolve({ name, ok, printed });
    };
    child.on("error", (error) => {
      printed += error.message;
      end(false);
    });
    child.on("close", (code) => end(code === 0));
  });
}
