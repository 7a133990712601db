import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatDiagnostic } from "@watchbill/model";
import { unwritableFolders } from "../../../lib/runtime/writable";
import { temporaryState } from "../../support/real-servers";

const { state: folder, remove } = temporaryState();
const state = join(folder, "state");
const outdir = join(folder, "cdktf.out");
beforeEach(() => mkdirSync(state));
afterEach(() => rmSync(state, { recursive: true }));
afterAll(remove);

const lines = () => unwritableFolders("local", state, { needsRoom: true, outdir }).map(formatDiagnostic);

/** Does it as a user who is not root, to whom everything is open. */
function asSomebody<T>(work: () => T): T {
  if (process.getuid!() !== 0) return work();
  chmodSync(folder, 0o755);
  process.seteuid!(1234);
  try {
    return work();
  } finally {
    process.seteuid!(0);
    chmodSync(folder, 0o700);
  }
}

test("folders that can be written to are none, whether they are there or not, and nothing is left in them", () => {
  expect(lines()).toEqual([]);
  expect(readdirSync(state)).toEqual([]);
  expect(readdirSync(folder)).toEqual(["state"]);
});

test("what another user has made is a line that says how to have it back", () => {
  chmodSync(state, 0o555);
  chmodSync(folder, 0o777);
  const owner = `${process.getuid!()}:${process.getgid!()}`;
  const [line] = asSomebody(lines);
  expect(line).toBe(
    `error state-not-writable [local]: ${state} belongs to another user, so that nothing can be written there → sudo chown -R ${owner} ${state}`,
  );
  chmodSync(state, 0o755);
});

test("one file of it is enough", () => {
  chmodSync(state, 0o777);
  writeFileSync(join(state, "terraform.tfstate"), "{}", { mode: 0o444 });
  expect(asSomebody(lines)[0]).toContain(`${state} belongs to another user`);
});

test("a file in the place of a folder is a line", () => {
  writeFileSync(join(state, "logs"), "");
  expect(lines()).toEqual([
    expect.stringMatching(
      /^error state-not-writable \[local\]: .*\/state can't be written to: ENOTDIR: not a directory, open '.*' → make it a folder that can be$/,
    ),
  ]);
});
