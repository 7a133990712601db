import type { Diagnostic } from "@watchbill/model";
import { docker } from "./client";

const usualSocket = "unix:///var/run/docker.sock";

/** Where the user's `docker` finds its daemon: DOCKER_HOST, or the context that is in use. */
function endpoint(variables: NodeJS.ProcessEnv): string {
  const { ok, printed } = docker(
    ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"],
    variables,
    longestAnswer,
  );
  return ok && printed !== "" ? printed : (variables.DOCKER_HOST ?? usualSocket);
}

/** The socket that Terraform is to use for `local`: the one that `docker` uses, where that is one of this machine. */
export function localSocket(variables: NodeJS.ProcessEnv = process.env): string {
  const found = endpoint(variables);
  return found.startsWith("unix://") ? found : usualSocket;
}

/**
 * Why `local` can't run on Docker here; undefined where it can. Its servers share this machine's network, files and
 * processes, so that a daemon must answer, and its containers must run on this very machine.
 */
export function unfitDocker(variables: NodeJS.ProcessEnv = process.env): Diagnostic | undefined {
  const where = endpoint(variables);
  if (!where.startsWith("unix://")) return elsewhere(`Docker is that of another machine (${where})`);
  const { printed } = docker(["info", "--format", asked], variables, longestAnswer);
  const [version = "", system, name = "", security = ""] = printed.split("|");
  if (version === "") {
    const hint = "start it, or run without: npm run up -- --runtime processes";
    return unfit("docker-missing", `no Docker daemon answers at ${where}`, hint);
  }
  if (/name=rootless/.test(security)) return elsewhere("Docker runs without root, in a network of its own");
  if (/Docker Desktop/.test(name)) return elsewhere("Docker Desktop runs containers in a machine of its own");
  if (system !== "linux" || process.platform !== "linux")
    return elsewhere("Docker's containers run in another machine");
  return undefined;
}

const asked = "{{.ServerVersion}}|{{.OSType}}|{{.OperatingSystem}}|{{json .SecurityOptions}}";

/** Milliseconds; a daemon that hangs is as good as none. */
const longestAnswer = 2_000;

const elsewhere = (message: string) =>
  unfit(
    "docker-elsewhere",
    `${message}; local needs the network and the files of this one`,
    `npm run up -- --runtime processes, or an engine of this machine: DOCKER_HOST=${usualSocket}`,
  );

function unfit(code: string, message: string, hint: string): Diagnostic {
  return { code, severity: "error", path: "this machine", message, hint };
}
