import { spawn } from "node:child_process";
import { once } from "node:events";
import { exitCodeOf } from "../../../lib/cli/interruption";

/** Says that it is at work; when it is asked to stop, takes its time, and says so. */
const terraform = `
  process.on("SIGINT", () => {
    console.log("asked");
    setTimeout(() => { console.log("written down"); process.exit(1); }, 300);
  });
  setInterval(() => {}, 1000);
  console.log("at work");
`;
const cdktf = `
  const { spawn } = require("node:child_process");
  spawn(process.execPath, ["-e", ${JSON.stringify(terraform)}], { argv0: "/usr/bin/terraform", stdio: "inherit" })
    .on("exit", () => process.exit(3));
`;
const command = (script: string) => `
  const { spawn } = require("node:child_process");
  const { untilClosed } = require("./lib/cli/interruption");
  const child = spawn(process.execPath, ["-e", ${JSON.stringify(script)}], { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.pipe(process.stdout);
  untilClosed(child).then((closed) => console.log(JSON.stringify(closed)));
`;

/** What is printed by a run of this script as cdktf; each of the signals is sent once another line has been printed. */
async function interrupted(script: string, ...signals: NodeJS.Signals[]): Promise<string[]> {
  const child = spawn(process.execPath, ["--require", "tsx/cjs", "-e", command(script)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += chunk;
  });
  for (const signal of signals) {
    // Of signals that are sent in one go, any may arrive first.
    await once(child.stdout, "data");
    child.kill(signal);
  }
  await once(child, "close");
  return printed.trim().split("\n");
}

test("a command that is told to end, even twice, asks Terraform to stop and waits until it has", async () => {
  expect(await interrupted(cdktf, "SIGINT", "SIGTERM")).toEqual([
    "at work",
    "asked",
    "written down",
    '{"code":3,"interrupted":"SIGINT"}',
  ]);
});

test("where Terraform is not at work yet, cdktf is ended", async () => {
  const alone = `console.log("synthesizing"); setInterval(() => {}, 1000);`;
  expect(await interrupted(alone, "SIGTERM")).toEqual(["synthesizing", '{"code":1,"interrupted":"SIGTERM"}']);
});

test("a shell is told by which signal it was", () => {
  expect([exitCodeOf("SIGINT"), exitCodeOf("SIGTERM")]).toEqual([130, 143]);
});
