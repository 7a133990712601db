import { execFileSync } from "node:child_process";
import { foldersOf } from "../../../../lib/runtime/processes/folders";
import { runScript } from "../../../../lib/runtime/processes/run-script";
import { repositoryRoot } from "../../../../lib/runtime/repository-root";
import { nodeExporter } from "../../../support/real-servers";

const server = { ...nodeExporter(9100), keepsData: true };
const folders = foldersOf("/state", server);

function run(words: readonly string[], environment: Record<string, string> = {}): string[] {
  const command = [
    process.execPath,
    "-e",
    "console.log(JSON.stringify([process.cwd(), process.env, ...process.argv.slice(1)]))",
    "--",
  ];
  const script = runScript({ ...server, arguments: words, environment }, command, folders, "/state/servers/node");
  return JSON.parse(execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" }));
}

test("arguments arrive as they are, whatever is in them", () => {
  const words = [
    "",
    "a b",
    "it's",
    'say "hi"',
    "50%",
    "x ;y #z",
    "$HOME `id` \\",
    "two\nlines",
    "--cluster.listen-address=",
  ];
  expect(run(words).slice(2)).toEqual(words);
});

test("the server runs in the repository, with its variables and the marker by which it is found again", () => {
  const [folder, variables] = run([], { FILE: "{data}/it's here" }) as unknown as [string, Record<string, string>];
  expect(folder).toBe(repositoryRoot);
  expect(variables).toMatchObject({ FILE: "/state/data/node/it's here", WATCHBILL_SERVER: "/state/servers/node" });
});

test("placeholders stand for the current release, the data that stays, and the secrets of the environment", () => {
  expect(run(["--config={config}/a.yml", "{data}", "{secrets}/key", "{other}"]).slice(2)).toEqual([
    "--config=/state/servers/node/current/config/a.yml",
    "/state/data/node",
    "/state/secrets/key",
    "{other}",
  ]);
});

test("data that need not outlive the server is kept with it", () => {
  expect(foldersOf("/state", { name: "node", keepsData: false }).data).toBe("/state/servers/node/data");
});

test("a script whose sources have changed is started by another one, so that an apply restarts it", () => {
  const script = (sources: string) =>
    runScript({ ...server, program: { script: "shop.ts", sources } }, ["node"], folders, "/state/servers/node");
  expect(script("aaa")).toContain("\n# Its sources: aaa\n");
  expect(script("bbb")).not.toBe(script("aaa"));
  expect(runScript(server, ["node"], folders, "/state/servers/node")).not.toContain("sources");
});
