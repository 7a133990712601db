import { fill } from "../placeholders";
import type { Program, Server } from "../server";
import { shellWord } from "../shell";
import { containerFolders, incomingFolder } from "./folders";
import { httpRequest } from "./http-request";
import { commandOf } from "./image";
import type { User } from "./user";

interface LoaderScriptConfig {
  readonly server: Server;
  /** In whose image it runs. */
  readonly program: Program;
  /** Who runs the server. */
  readonly user: User;
  /** Name or address under which the loader reaches the server. */
  readonly address: string;
  /** The secrets' folder on the Docker host, for messages. */
  readonly secretsFolder: string;
}

/**
 * What the loader does, in the shell that its image has: looks whether the secrets are there, has the new files
 * checked, puts them in the place of the old ones, and has the server read them. Whatever fails, the files in use stay.
 */
export function loaderScript(config: LoaderScriptConfig): string {
  const { server } = config;
  const hasFiles = Object.keys(server.files).length > 0;
  return [
    "set -eu",
    "umask 022",
    ...(server.secrets.length > 0 ? secretsPart(config) : []),
    ...(server.keepsData ? dataPart(config.user) : []),
    ...(hasFiles ? [...checkPart(server), ...publishPart(), ...reloadPart(config)] : []),
    "",
  ].join("\n");
}

function secretsPart({ server, user, secretsFolder }: LoaderScriptConfig): string[] {
  return [
    "faults=0",
    `fault() { printf '%s\\n' ${shellWord(server.name)}": $1"; faults=1; }`,
    "readable() {",
    '  set -- $(stat -Lc "%u %g 0%a" "$1")',
    `  if [ "$1" = ${user.uid} ]; then [ $(($3 & 0400)) != 0 ]`,
    `  elif [ "$2" = ${user.gid} ]; then [ $(($3 & 0040)) != 0 ]`,
    "  else [ $(($3 & 0004)) != 0 ]; fi",
    "}",
    `for name in ${server.secrets.map(shellWord).join(" ")}; do`,
    `  file=${containerFolders.secrets}/$name`,
    `  onhost=${shellWord(secretsFolder)}/$name`,
    '  if [ ! -s "$file" ]; then fault "the secret $name is missing or empty; write it to $onhost on the Docker host"',
    '  elif ! readable "$file"; then',
    `    fault "user ${user.uid}:${user.gid} can't read the secret $name; chown $onhost to it on the Docker host"`,
    "  fi",
    "done",
    '[ "$faults" = 0 ] || exit 1',
  ];
}

/** Chown only when the owner is another: it would touch every file of a large database. */
function dataPart(user: User): string[] {
  const { data } = containerFolders;
  return [`[ "$(stat -c %u:%g ${data})" = ${user.uid}:${user.gid} ] || chown -R ${user.uid}:${user.gid} ${data}`];
}

function checkPart(server: Server): string[] {
  const lines = [incomingFolder, containerFolders.config]
    .filter(() => server.secrets.length > 0)
    .map((folder) => `ln -sfn ${containerFolders.secrets} ${folder}/secrets`);
  if (!server.check) return lines;
  const folders = { ...containerFolders, config: incomingFolder };
  const words = [...commandOf(server.check.program), ...server.check.arguments.map((word) => fill(word, folders))];
  return [...lines, words.map(shellWord).join(" ")];
}

/** Copies first and renames then, so that a full disk is met before anything is replaced. */
function publishPart(): string[] {
  const { config } = containerFolders;
  return [
    "publish() {",
    '  cd "$1"',
    "  find . -type f | while read -r file; do",
    `    mkdir -p "${config}/$(dirname "$file")" && cp "$file" "${config}/$file.next" || exit 1`,
    "  done",
    `  find . -type f | while read -r file; do mv "${config}/$file.next" "${config}/$file" || exit 1; done`,
    `  cd ${config}`,
    '  find . -type f | while read -r file; do [ -f "$1/$file" ] || rm "$file"; done',
    '  find . -depth -type d | while read -r folder; do rmdir "$folder" 2>/dev/null || true; done',
    "}",
    `cp -a ${config} /watchbill/previous`,
    `publish ${incomingFolder}`,
  ];
}

/** A server that is not there yet, or is just starting again, reads the new files as it starts. */
function reloadPart({ server, program, address }: LoaderScriptConfig): string[] {
  const port = server.ports.http;
  if (server.reload === undefined || port === undefined) return [];
  const request = httpRequest(program, "POST", `http://${address}:${port}${server.reload}`);
  const refused = `${server.name}: did not take the new files, the old ones are back`;
  return [
    `if answer=$(${request.map(shellWord).join(" ")} 2>&1); then exit 0; fi`,
    'case "$answer" in',
    '  *refused*|*REFUSED*|*"bad address"*|*resolve*|*ENOTFOUND*|*EAI_AGAIN*) exit 0 ;;',
    "esac",
    "publish /watchbill/previous",
    `printf '%s: %s\\n' ${shellWord(refused)} "$answer"`,
    "exit 1",
  ];
}
