import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toYaml } from "../yaml";
import type { Dialect } from "./reckoning/window-functions";
import type { testFile } from "./test-file";

/** Rules and the tests of them, each file by name and content. */
export interface Bundle {
  readonly rules: Readonly<Record<string, string>>;
  readonly test: ReturnType<typeof testFile>;
}

/** What promtool says of one trial that went otherwise, in its own words. */
export interface Complaint {
  readonly trial: string;
  readonly alert: string;
  readonly words: string;
  /** The rule could not be evaluated at all, which ended its test. */
  readonly isBroken: boolean;
}

class PromtoolFailed extends Error {}

/** There is a process for each core already, and none lives long: a third less time of the processor, for 60 MB more. */
export const haste = { GOMAXPROCS: "1", GOGC: "400" };

/** What a promtool prints, whatever its exit code: to stdout, and to stderr. */
async function run(words: readonly string[], cwd?: string): Promise<readonly [string, string]> {
  const child = spawn("promtool", words, {
    ...(cwd !== undefined && { cwd }),
    env: { ...haste, ...process.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed: Buffer[][] = [[], []];
  child.stdout.on("data", (chunk) => printed[0]?.push(chunk));
  child.stderr.on("data", (chunk) => printed[1]?.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => {
      const [out = "", errors = ""] = printed.map((chunks) => Buffer.concat(chunks).toString());
      resolve([out, errors]);
    });
  });
}

/** Holds where a window has both of its ends: 3.0 took the first one away (whoever builds it may leave out its version). */
const closedWindow = toYaml({
  tests: [
    {
      interval: "1m",
      input_series: [{ series: "one", values: "1x9" }],
      promql_expr_test: [
        {
          expr: "count_over_time(one[1m])",
          eval_time: "5m",
          exp_samples: [{ labels: "{}", value: 2 }],
        },
      ],
    },
  ],
});

/** How the promtool that is installed bounds its windows. */
export async function dialectHere(): Promise<Dialect & { readonly version: string }> {
  const [said, isClosed] = await Promise.all([
    run(["--version"]),
    inFolder(async (folder) => {
      writeFileSync(join(folder, "windows.yml"), closedWindow);
      return (await run(["test", "rules", "windows.yml"], folder))[0].includes(succeeded);
    }),
  ]);
  const version = /version (\d\S*)/.exec(said.join("\n"))?.[1]?.replace(/,$/, "") ?? "of an unknown version";
  return { version, leftOpen: !isClosed };
}

/** What is printed of each file of which all tests went as they should. */
const succeeded = "SUCCESS";

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "watchbill-rule-tests-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs all tests with the promtool that is installed, in so many processes at a time, and tells what failed. */
export async function runBundles(
  bundles: readonly Bundle[],
  processes: number,
  progress: (done: number) => void = () => {},
): Promise<readonly Complaint[]> {
  return inFolder(async (folder) => {
    const files = bundles.map(({ rules, test }, index) => {
      for (const [name, content] of Object.entries(rules)) writeFileSync(join(folder, name), content);
      writeFileSync(join(folder, `${index}.test.yml`), toYaml(test));
      return { file: `${index}.test.yml`, work: workOf({ rules, test }) };
    });
    // What takes longest begins first, or all wait for it in the end.
    files.sort((a, b) => b.work - a.work);
    // More batches than processes: none of them has to wait long for another.
    const batches = split(
      files.map(({ file }) => file),
      processes * 8,
    );
    const complaints: Complaint[] = [];
    let done = 0;
    const work = async () => {
      for (let batch = batches.shift(); batch; batch = batches.shift()) {
        const [out, errors] = await run(["test", "rules", ...batch], folder);
        // Of each file it says how it went, of one that it can't read too.
        if (count(out, succeeded) + count(errors, "FAILED:") !== batch.length)
          throw new PromtoolFailed(`${out}${errors}`);
        complaints.push(...complaintsIn(errors));
        done += batch.length;
        progress(done);
      }
    };
    await Promise.all(Array.from({ length: processes }, work));
    return complaints;
  });
}

const count = (text: string, word: string) => text.split(word).length - 1;

/** About how much there is to do: rules, as often as there is something that they are tried on. */
const workOf = ({ rules, test }: Bundle) => Object.values(rules).join("").length * test.tests.length;

function split(files: readonly string[], many: number): string[][] {
  const batches: string[][] = Array.from({ length: Math.max(1, Math.min(many, files.length)) }, () => []);
  files.forEach((file, index) => {
    batches[index % batches.length]?.push(file);
  });
  return batches.filter((batch) => batch.length > 0);
}

/**
 * What failed, of what promtool wrote to stderr: a block for each file in which something did. Of a block in which no
 * failure of a case is found nothing is known, which is no proof: then it is our own mistake.
 */
const complaintsIn = (errors: string): readonly Complaint[] => {
  const [before = "", ...blocks] = errors.split(/^\s*FAILED:\s*$/m);
  if (before.trim() !== "") throw new PromtoolFailed(before.trim());
  return blocks.flatMap((block) => {
    const complaints = complaintsOfFile(block);
    if (complaints.length === 0) throw new PromtoolFailed(block.trim());
    return complaints;
  });
};

/** A failure begins with the name of its test, or its alert, or its expression. */
function complaintsOfFile(block: string): readonly Complaint[] {
  const complaints: { trial: string; alert: string; words: string; isBroken: boolean }[] = [];
  let trial = "";
  for (const line of block.split("\n")) {
    trial = /^\s+name: (.+?),?\s*$/.exec(line)?.[1] ?? trial;
    const broken = /^\s+rule: (\S+), time: \S+ err: /.exec(line)?.[1];
    const begun = /^\s+(?:alertname: ([^,]+),|expr: "((?:[^"\\]|\\.)*)",) time: /.exec(line);
    if (broken !== undefined) complaints.push({ trial, alert: broken, words: line.trim(), isBroken: true });
    else if (begun) {
      const [, alertname, expression = ""] = begun;
      complaints.push({
        trial: / # (.+)$/.exec(expression)?.[1] ?? trial,
        alert: alertname ?? /alertname=\\"([^\\]+)\\"/.exec(expression)?.[1] ?? "",
        words: line.trim(),
        isBroken: false,
      });
    } else {
      const last = complaints.at(-1);
      if (last && /^\s{6,}\S/.test(line)) last.words += `\n${line.trim()}`;
    }
  }
  return complaints;
}
