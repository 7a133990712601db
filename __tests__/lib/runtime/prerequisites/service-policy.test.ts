import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withoutServiceStarts } from "../../../../lib/runtime/prerequisites/service-policy";
import { repositoryRoot } from "../../../../lib/runtime/repository-root";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "watchbill-policy-"));
  file = join(folder, "policy-rc.d");
});
afterEach(() => rmSync(folder, { recursive: true }));

const forbids = () => readFileSync(file, "utf8").endsWith("exit 101\n") && (statSync(file).mode & 0o777) === 0o755;

test("while packages are installed no service may start, and afterwards no policy is left", async () => {
  expect(await withoutServiceStarts(async () => forbids(), file)).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
});

test("a policy that was there is put back as it was, when the work fails too", async () => {
  writeFileSync(file, "#!/bin/sh\nexit 0\n", { mode: 0o744 });
  const before = statSync(file);
  const failing = withoutServiceStarts(async () => {
    expect(forbids()).toBe(true);
    throw new Error("apt failed");
  }, file);
  await expect(failing).rejects.toThrow("apt failed");
  expect(readFileSync(file, "utf8")).toBe("#!/bin/sh\nexit 0\n");
  expect(statSync(file)).toMatchObject({ mode: before.mode, ino: before.ino, mtimeMs: before.mtimeMs });
  expect(readdirSync(folder)).toEqual(["policy-rc.d"]);
});

test("a policy that is a link stays a link", async () => {
  symlinkSync("/nowhere", file);
  await withoutServiceStarts(async () => undefined, file);
  expect(existsSync(file)).toBe(false);
  expect(readdirSync(folder)).toEqual(["policy-rc.d"]);
});

/** A process that forbids services and then waits, until it is ended by the signal. */
async function endWhileForbidding(signal: NodeJS.Signals): Promise<void> {
  const policy = JSON.stringify(join(repositoryRoot, "lib/runtime/prerequisites/service-policy.ts"));
  const wait = "() => new Promise((resolve) => { console.log('forbidden'); setTimeout(resolve, 60_000); })";
  const code = `require(${policy}).withoutServiceStarts(${wait}, ${JSON.stringify(file)})`;
  const child = spawn(process.execPath, ["--import", "tsx", "-e", code], { cwd: repositoryRoot });
  await once(child.stdout, "data");
  child.kill(signal);
  await once(child, "exit");
}

test("a signal puts the policy back before it ends the process", async () => {
  writeFileSync(file, "#!/bin/sh\nexit 0\n");
  await endWhileForbidding("SIGTERM");
  expect(readFileSync(file, "utf8")).toBe("#!/bin/sh\nexit 0\n");
});

test("what a killed run left behind is set right by the next one", async () => {
  writeFileSync(file, "#!/bin/sh\nexit 0\n");
  await endWhileForbidding("SIGKILL");
  expect(forbids()).toBe(true);
  await withoutServiceStarts(async () => undefined, file);
  expect(readFileSync(file, "utf8")).toBe("#!/bin/sh\nexit 0\n");
  expect(readdirSync(folder)).toEqual(["policy-rc.d"]);
});
