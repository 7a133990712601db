import { formatDiagnostic } from "@watchbill/model";
import { notReady } from "../runtime/docker/await-ready";
import { containerName, stackName } from "../runtime/docker/names";
import { deployedRuntime } from "../runtime/runtime-kind";
import { wordsOfLoaders } from "./loader-words";
import { wordsOfFailure } from "./terraform-words";

/** What keeps Docker from being used at all, as Terraform, its provider or Docker say it. */
const unavailable: readonly (readonly [telling: RegExp, message: string])[] = [
  [
    /provider packages|provider registry|install provider|retrieve providers|registry\.terraform\.io.*(dial|timeout)/i,
    "Docker's Terraform provider can't be had",
  ],
  [
    /Docker image|pulling|registry-1\.docker\.io|manifest (for .* not found|unknown)|toomanyrequests/i,
    "an image can't be had",
  ],
  [/pinging Docker|Docker daemon|docker\.sock|Docker client/i, "the Docker daemon can't be reached"],
  [/bind source path does not exist/i, "Docker does not see this machine's files"],
];

/** The lines of a failed run on Docker that a user needs, and the way out where there is one. */
export function wordsOfDockerFailure(printed: string, name: string, state: string): string[] {
  const refused = wordsOfLoaders(printed);
  if (refused.length > 0) return refused;
  const stack = stackName(name, state);
  const words = wordsOfFailure(printed).flatMap((line) => {
    const server = waitedFor(line);
    if (server === undefined) return [line];
    return notReady({ name: server }, containerName(stack, server), "it did not become ready").map(formatDiagnostic);
  });
  return [...words, ...wayOut(printed, name, state)];
}

/** The server that Terraform gave up; cdktf puts the construct's path into the middle of a longer name. */
function waitedFor(line: string): string | undefined {
  const named = /container failed to be in healthy state with docker_container\.([\w-]+)(?: \([^)]*\)([\w-]*))?/.exec(
    line,
  );
  return named ? `${named[1]}${named[2] ?? ""}` : undefined;
}

function wayOut(printed: string, name: string, state: string): string[] {
  const taken = /container name "\/?([^"]+)" is already in use/i.exec(printed)?.[1];
  if (taken !== undefined) {
    const hint = `docker rm --force ${taken}, and up again`;
    return [`error docker-conflict [${name}]: there is a container ${taken} already, which is none of ours → ${hint}`];
  }
  const message = unavailable.find(([telling]) => telling.test(printed))?.[1];
  if (message === undefined) return [];
  return [`error docker-unavailable [${name}]: ${message} → ${withoutDocker(state)}`];
}

/** Without Docker the same servers still run as processes, once those that Docker has are gone. */
const withoutDocker = (state: string) =>
  `${deployedRuntime(state) === "docker" ? "npm run down && " : ""}npm run up -- --runtime processes`;
