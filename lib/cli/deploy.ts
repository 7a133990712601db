import { readable } from "../runtime/repository-root";
import type { RuntimeKind } from "../runtime/runtime-kind";
import { runCdktf } from "./cdktf";
import type { CdktfOptions } from "./destroy-options";
import { wordsOfDockerFailure } from "./docker-words";
import type { Outcome, Steps } from "./print";
import { changesIn, wordsOfFailure } from "./terraform-words";

/** A deploy or a destroy, with the number of resources it touched. */
export interface Deployed extends Outcome {
  readonly touched: number;
  /** For the command, where it can't go on. */
  readonly code?: number;
}

/** Runs cdktf as one step; when it fails, prints the words that matter and where the rest is. */
export async function runStep(
  steps: Steps,
  verb: "deploy" | "destroy",
  {
    name,
    state,
    runtime,
    ...options
  }: { readonly name: string; readonly state: string; readonly runtime: RuntimeKind } & CdktfOptions,
): Promise<Deployed> {
  const what = `cdktf ${verb} ${name}`;
  let words: readonly string[] = [];
  const deployed = await steps.run(what, async ({ note }): Promise<Deployed> => {
    const run = await runCdktf(verb, name, {
      state,
      runtime,
      heard: (line) => note(`${what}: ${line}`),
      ...options,
    });
    if (run.interrupted !== undefined) {
      words = ["interrupted; npm run up goes on, npm run down ends it"];
      return { ok: false, said: `${what}: interrupted`, touched: 0, code: run.interrupted };
    }
    if (!run.ok) {
      words = [
        ...(runtime === "docker" ? wordsOfDockerFailure(run.printed, name, state) : wordsOfFailure(run.printed)),
        `The whole log: ${readable(run.log)}`,
      ];
      return { ok: false, said: `${what} failed`, touched: 0 };
    }
    const { added, changed, destroyed } = changesIn(run.printed) ?? { added: 0, changed: 0, destroyed: 0 };
    const did =
      verb === "deploy" ? `${added} added, ${changed} changed, ${destroyed} destroyed` : `${destroyed} destroyed`;
    return { ok: true, said: `${what}: ${did}`, touched: added + changed + destroyed };
  });
  if (words.length > 0) console.error(`\n${words.join("\n")}`);
  return deployed;
}
