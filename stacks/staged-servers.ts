import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { App, type ISynthesisSession, TerraformStack } from "cdktf";
import { addCustomSynthesis } from "cdktf/lib/synthesize/synthesizer";
import { Construct } from "constructs";
import type { Server } from "../lib/runtime/server";

/** Name of the file, beside the stack's own, that lists the servers a deploy of the stack brings up. */
export const stagedServersFile = "servers.json";

/**
 * Writes the servers beside the synthesized stack, where the commands that Terraform runs, and the checks that go before
 * a deploy, read them: they are too large for environment variables and command lines.
 */
export class StagedServers extends Construct {
  /** Folder of the synthesized stack, relative to the current folder: `cdktf.out/stacks/local`. */
  readonly folder: string;

  constructor(scope: Construct, id: string, servers: readonly Server[]) {
    super(scope, id);
    const { manifest, outdir } = App.of(this);
    this.folder = join(relative("", outdir), manifest.forStack(TerraformStack.of(this)).workingDirectory);
    addCustomSynthesis(this, {
      onSynthesize: (session: ISynthesisSession) => {
        const stack = session.manifest.forStack(TerraformStack.of(this));
        const file = join(session.manifest.outdir, stack.workingDirectory, stagedServersFile);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, `${JSON.stringify(servers, null, 2)}\n`);
      },
    });
  }
}
