import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { formatDiagnostic } from "@watchbill/model";
import { repositoryRoot } from "../repository-root";
import type { Server } from "../server";
import { applyServer } from "./apply";
import { removeServer } from "./remove";

/** What Terraform calls: `apply <server> --staged <file> --state <folder>` and `remove <server> --state <folder>`. */
async function main(words: readonly string[]): Promise<number> {
  const options = { staged: { type: "string" }, state: { type: "string" } } as const;
  const { positionals, values } = parseArgs({ args: [...words], options, allowPositionals: true });
  const [verb, name] = positionals;
  if (name === undefined || values.state === undefined) throw new Error(`not understood: ${words.join(" ")}`);
  const state = resolve(repositoryRoot, values.state);
  if (verb === "remove") {
    await removeServer(state, name);
    return 0;
  }
  if (verb !== "apply" || values.staged === undefined) throw new Error(`not understood: ${words.join(" ")}`);
  const servers: Server[] = JSON.parse(readFileSync(resolve(repositoryRoot, values.staged), "utf8"));
  const server = servers.find((one) => one.name === name);
  if (server === undefined) throw new Error(`${values.staged} has no server ${name}`);
  const applied = await applyServer(state, server);
  if ("done" in applied) {
    console.log(`${name}: ${applied.done}`);
    return 0;
  }
  for (const mistake of applied.mistakes) console.log(formatDiagnostic(mistake));
  return 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.stack);
    process.exit(2);
  },
);
