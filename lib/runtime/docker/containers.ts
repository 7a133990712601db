import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { docker, dockerLines } from "./client";
import { stackLabel } from "./names";

export interface FoundContainer {
  readonly id: string;
  readonly name: string;
  readonly running: boolean;
}

/** Everything that Docker has of a stack, whether Terraform knows of it or not. */
export function containersOf(stack: string): FoundContainer[] {
  const format = "{{.ID}} {{.Names}} {{.State}}";
  return dockerLines(["ps", "--all", "--no-trunc", "--filter", `label=${stackLabel}=${stack}`, "--format", format]).map(
    (line) => {
      const [id = "", name = "", state] = line.split(" ");
      return { id, name, running: state === "running" };
    },
  );
}

/**
 * Removes the containers that Terraform's state does not know, and tells their names: a deploy that was killed, or a state
 * folder that was removed by hand, leaves such behind, and they hold the names and the ports that the next one needs.
 */
export function removeLeftovers(stack: string, state: string): readonly string[] {
  // Another deploy is under way; Terraform is going to say so.
  if (isLocked(join(state, "terraform.tfstate"))) return [];
  const known = terraformState(state);
  const left = containersOf(stack).filter(({ id }) => !known.includes(id));
  if (left.length === 0) return [];
  const ids = left.map(({ id }) => id);
  // Asked first, as a removal by force loses what a server has in memory.
  docker(["stop", "--time", "10", ...ids]);
  docker(["rm", "--force", ...ids]);
  return left.map(({ name }) => name);
}

/** Whether a process holds a lock of the file. Terraform's own note of its lock stays behind when it is killed. */
function isLocked(file: string): boolean {
  try {
    const { ino } = statSync(file);
    return readFileSync("/proc/locks", "utf8")
      .split("\n")
      .some((line) => line.split(/\s+/)[5]?.endsWith(`:${ino}`));
  } catch {
    return false;
  }
}

function terraformState(state: string): string {
  try {
    return readFileSync(join(state, "terraform.tfstate"), "utf8");
  } catch {
    return "";
  }
}

/**
 * Removes the volumes of a stack, and tells their names. By name: Docker makes those with the data by itself as they are
 * mounted, without labels.
 */
export function removeVolumes(stack: string): readonly string[] {
  const all = dockerLines(["volume", "ls", "--quiet", "--filter", `name=${stack}-`]);
  const ours = all.filter((name) => name.startsWith(`${stack}-`));
  if (ours.length > 0) docker(["volume", "rm", "--force", ...ours]);
  return ours;
}
