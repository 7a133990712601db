import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { DiagnosticsError, formatDiagnostic } from "@watchbill/model";
import { repositoryRoot } from "../repository-root";
import type { Server } from "../server";
import { applyServer } from "./apply";
import { pruneServers } from "./prune";
import { removeServer } from "./remove";

/**
 * What Terraform calls: `apply <server> --staged <file> --state <folder>`, `remove <server> --state <folder>`, and
 * `prune --staged <file> --state <folder>`, which removes every server that is not staged.
 */
async function main(words: readonly string[]): Promise<number> {
  const options = { staged: { type: "string" }, state: { type: "string" } } as const;
  const { positionals, values } = parseArgs({ args: [...words], options, allowPositionals: true });
  const [verb, name] = positionals;
  const notUnderstood = new Error(`not understood: ${words.join(" ")}`);
  if (values.state === undefined) throw notUnderstood;
  const state = resolve(repositoryRoot, values.state);
  if (verb === "remove" && name !== undefined) {
    await removeServer(state, name);
    return 0;
  }
  if (values.staged === undefined) throw notUnderstood;
  const servers: Server[] = JSON.parse(readFileSync(resolve(repositoryRoot, values.staged), "utf8"));
  if (verb === "prune") {
    const gone = await pruneServers(
      state,
      servers.map((one) => one.name),
    );
    for (const one of gone) console.log(`${one}: removed`);
    return 0;
  }
  if (verb !== "apply" || name === undefined) throw notUnderstood;
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
    if (error instanceof DiagnosticsError) console.log(error.message);
    else console.error(error.stack);
    process.exit(error instanceof DiagnosticsError ? 1 : 2);
  },
);
