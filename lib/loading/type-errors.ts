import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { Diagnostic } from "@watchbill/model";
import { fingerprint } from "./fingerprint";

/** So many states of the sources are remembered as right: one's own, and those that one goes back and forth to. */
const remembered = 20;

/**
 * What the types of the declarations refuse: tsx strips them, so that nothing else would keep seconds from being held
 * against a ratio. Takes seconds; of sources that were right before, no more than reading them.
 *
 * @param begins is called where it will take seconds
 */
export function typeErrors(root: string, begins: () => void = () => {}): readonly Diagnostic[] {
  const cache = cacheFolder(root);
  const known = rightOnes(cache);
  const state = fingerprint(root);
  if (known.includes(state)) return [];
  begins();
  const errors = check(root, cache);
  if (errors.length === 0) write(cache, "right.json", JSON.stringify([state, ...known].slice(0, remembered)));
  return errors;
}

function cacheFolder(root: string): string {
  const folder = join(root, "node_modules/.cache/watchbill");
  try {
    mkdirSync(folder, { recursive: true });
    write(folder, "mine", "");
    return folder;
  } catch {
    // Whoever installed it was somebody else.
    const own = join(tmpdir(), `watchbill-types-${userInfo().uid}`);
    mkdirSync(own, { recursive: true, mode: 0o700 });
    return own;
  }
}

/** Nobody reads half a file, however many commands run at a time. */
function write(folder: string, name: string, text: string): void {
  const file = join(folder, name);
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

function rightOnes(cache: string): readonly string[] {
  try {
    return JSON.parse(readFileSync(join(cache, "right.json"), "utf8"));
  } catch {
    return [];
  }
}

/** What main.ts and the drills read; whoever writes tests may be in the middle of it. */
function check(root: string, cache: string): readonly Diagnostic[] {
  const config = join(cache, `tsconfig.${process.pid}.json`);
  const [buildInfo, kept] = [join(cache, `${process.pid}.tsbuildinfo`), join(cache, "types.tsbuildinfo")];
  try {
    if (existsSync(kept)) copyFileSync(kept, buildInfo);
    const compilerOptions = { incremental: true, noEmit: true, tsBuildInfoFile: buildInfo, types: ["node"] };
    const files = ["main.ts", "drills/index.ts"].map((file) => join(root, file));
    writeFileSync(
      config,
      JSON.stringify({ extends: join(root, "tsconfig.json"), compilerOptions, files, include: [] }),
    );
    const tsc = join(root, "node_modules/typescript/lib/tsc.js");
    const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, "--pretty", "false", "-p", config], {
      cwd: root,
      encoding: "utf8",
    });
    const errors = parse(stdout);
    if (status !== 0 && errors.length === 0) return [mistyped("tsc", undefined, `${stdout}${stderr}`.trim())];
    if (status === 0) renameSync(buildInfo, kept);
    return errors;
  } finally {
    for (const file of [config, buildInfo]) rmSync(file, { force: true });
  }
}

const mistyped = (code: string, at: string | undefined, message: string): Diagnostic => ({
  code: "declaration-mistyped",
  severity: "error",
  path: code,
  ...(at !== undefined && { at }),
  message,
  hint: "write what its type asks for; an editor shows it",
});

/** `services/shop.ts(12,5): error TS2322: …`, and lines further in that say more and more exactly why. */
function parse(printed: string): readonly Diagnostic[] {
  const found: { code: string; at?: string; words: string[] }[] = [];
  for (const line of printed.split("\n")) {
    const begun = /^(?:(.+)\((\d+),\d+\): )?error (TS\d+): (.*)$/.exec(line);
    if (begun) {
      const [, file, row, code = "", words = ""] = begun;
      found.push({ code, ...(file && { at: `${file}:${row}` }), words: [words] });
    } else if (/^\s+\S/.test(line)) found.at(-1)?.words.push(line.trim());
  }
  return found.map(({ code, at, words: [first = "", ...more] }) => mistyped(code, at, sentence(first, more.at(-1))));
}

/** Types that are held against each other and can't be told apart, or are longer than a line, tell nobody anything. */
const readable = 200;
const alike = /type '\{ … \}' is not assignable to /;

function sentence(first: string, last: string | undefined): string {
  const [what, why] = [shortened(first), last && shortened(last)];
  if (why === undefined) return what;
  return what.length > readable || alike.test(what) ? why : `${what} (${why})`;
}

const objectType = /\{ (?!… \})[^{}]*(?:\{ … \}[^{}]*)*\}/g;
const typeArguments = /<(?!…>)(?:[^<>]|<…>)*>/g;

/** The types of objects in full are longer than a page, and so are those with a list of all alerts that there are. */
function shortened(words: string): string {
  const text = settled(words.replace(/\.$/, ""), (one) => one.replace(objectType, "{ … }"));
  return settled(text, (one) => (one.length > readable ? one.replace(typeArguments, "<…>") : one));
}

/** What is left once a change changes nothing more. */
function settled(text: string, change: (text: string) => string): string {
  const changed = change(text);
  return changed === text ? text : settled(changed, change);
}
