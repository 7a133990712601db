import { join, relative } from "node:path";
import { TerraformSelf } from "cdktf";
import { Construct } from "constructs";
import { repositoryRoot } from "../lib/runtime/repository-root";
import type { Program, Server } from "../lib/runtime/server";
import { shellWord } from "../lib/runtime/shell";
import { escapeTerraform } from "../lib/terraform-text";
import { identify } from "./identity";
import { StagedServers, stagedServersFile } from "./staged-servers";
import { TerraformData } from "./terraform-data";

interface ProcessesRuntimeProps {
  readonly servers: readonly Server[];
  /** Absolute folder in which the servers keep what they need while they run. */
  readonly stateFolder: string;
}

/**
 * Runs the servers as processes of this machine, with nothing but Terraform's built-in `terraform_data`.
 *
 * `all_servers` comes first: Terraform runs nothing when a resource is taken out of the declaration, so whatever runs and
 * is no longer declared is ended there, at each change of the list and at its destruction.
 *
 * A server is two resources: `<name>` lives as long as the server does and stops it when it is destroyed;
 * `<name>_settings` is replaced on every change, which applies the change and stops nothing by itself.
 */
export class ProcessesRuntime extends Construct {
  constructor(scope: Construct, id: string, { servers, stateFolder }: ProcessesRuntimeProps) {
    super(scope, id);
    const { folder } = new StagedServers(this, "staged", servers);
    const workingDir = relative(folder, repositoryRoot);
    const state = relative(repositoryRoot, stateFolder);
    const staged = join(relative(repositoryRoot, folder), stagedServersFile);
    const command = "node --import tsx lib/runtime/processes/cli.ts";

    const all = new TerraformData(this, "all_servers", {
      input: escapeTerraform({ staged, state }),
      triggersReplace: escapeTerraform({ state, declared: servers.map(({ name }) => name).sort() }),
      provisioners: (["create", "destroy"] as const).map((when) => ({
        type: "local-exec",
        when,
        workingDir,
        command: `${command} prune --staged "$STAGED" --state "$STATE"`,
        environment: {
          STAGED: TerraformSelf.getString("input.staged"),
          STATE: TerraformSelf.getString("input.state"),
        },
      })),
    });
    identify(all, "all_servers");

    const made = new Map<string, TerraformData>();
    for (const server of servers) {
      const life = new TerraformData(this, server.name, {
        dependsOn: [all],
        input: escapeTerraform({ name: server.name, state }),
        // In another state folder it is another server, and the one in the former folder has to go.
        triggersReplace: escapeTerraform({ state }),
        // A provisioner that runs at destruction may refer to nothing but its own resource.
        provisioners: [
          {
            type: "local-exec",
            when: "destroy",
            workingDir,
            command: `${command} remove "$NAME" --state "$STATE"`,
            environment: {
              NAME: TerraformSelf.getString("input.name"),
              STATE: TerraformSelf.getString("input.state"),
            },
          },
        ],
      });
      identify(life, server.name);
      const settings = new TerraformData(this, `${server.name}_settings`, {
        dependsOn: [life, ...(server.after ?? []).flatMap((name) => made.get(name) ?? [])],
        lifecycle: { replaceTriggeredBy: [`${life.terraformResourceType}.${life.friendlyUniqueId}`] },
        triggersReplace: escapeTerraform(settingsOf(server)),
        provisioners: [
          {
            type: "local-exec",
            workingDir,
            command: escapeTerraform(
              `${command} apply ${server.name} --staged ${shellWord(staged)} --state ${shellWord(state)}`,
            ),
          },
        ],
      });
      identify(settings, `${server.name}_settings`);
      made.set(server.name, settings);
    }
  }
}

/** What a server runs with, under headings that tell a reviewer what a change of it does. */
function settingsOf({
  name,
  program,
  arguments: words,
  environment = {},
  ports,
  files,
  check,
  after,
  ...rest
}: Server) {
  const process = { program: namesOf(program), arguments: words, environment, ports };
  const checked = check === undefined ? {} : { check: [namesOf(check.program)[0], ...check.arguments] };
  return rest.reload === undefined
    ? { a_change_restarts: { ...process, files }, a_change_is_recorded: { ...checked, ...rest } }
    : { a_change_reloads: { files }, a_change_restarts: process, a_change_is_recorded: { ...checked, ...rest } };
}

/** A program as this runtime looks for it; its image belongs to another one. */
const namesOf = (program: Program) =>
  "script" in program ? [program.script, ...(program.sources ? [`sources ${program.sources}`] : [])] : program.binaries;
