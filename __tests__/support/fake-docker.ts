import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The variables of a machine whose `docker` is this script; what it is asked is written down. */
export function fakeDocker(folder: string, script: string): NodeJS.ProcessEnv & { readonly PATH: string } {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const log = join(folder, "docker-calls");
  writeFileSync(log, "");
  writeFileSync(join(bin, "docker"), `#!/bin/sh\necho "$*" >> ${log}\n${script}\n`);
  chmodSync(join(bin, "docker"), 0o755);
  return { PATH: `${bin}:${process.env.PATH}` };
}

/** What it was asked so far. */
export const dockerCalls = (folder: string) =>
  readFileSync(join(folder, "docker-calls"), "utf8").split("\n").filter(Boolean);

/** A `docker` that speaks to this daemon, whose `docker info` is the words given. */
export const daemon = (info: string, host = "unix:///var/run/docker.sock", more = "") =>
  `case "$1" in
    context) echo ${host} ;;
    info) echo '${info}' ;;
    ${more}
  esac`;

export const engine = daemon('28.2.2|linux|Debian GNU/Linux 12 (bookworm)|["name=seccomp,profile=default"]');
export const desktop = daemon('28.2.2|linux|Docker Desktop|["name=seccomp,profile=unconfined"]');
export const noDaemon = daemon("|||null");
