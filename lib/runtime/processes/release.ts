import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import type { Server } from "../server";
import { currentRelease, foldersOf, serverFolder } from "./folders";
import { runScript } from "./run-script";

/**
 * A release is all that a server runs with: `server.json` (its declaration), `run` (the script that starts it) and
 * `config/`. It is written whole beside the one that runs, checked there, and then takes its place with one rename.
 */
export interface Release {
  readonly folder: string;
  readonly run: string;
  /** Path below `config/` to content. */
  readonly files: ReadonlyMap<string, string>;
}

const prefix = "release-";

/** Writes a release without making it the current one. */
export async function writeRelease(state: string, server: Server, command: readonly string[]): Promise<Release> {
  const parent = serverFolder(state, server.name);
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, prefix));
  const current = foldersOf(state, server);
  await mkdir(current.secrets, { recursive: true, mode: 0o700 });
  await writeConfig(folder, server, current.secrets);
  const run = runScript(server, command, current, parent);
  await writeFile(join(folder, "run"), run);
  await chmod(join(folder, "run"), 0o755);
  await writeFile(join(folder, "server.json"), `${JSON.stringify(server, null, 2)}\n`);
  return { folder, run, files: new Map(Object.entries(server.files)) };
}

/** Writes a server's files to `config/` in the folder, with the link to its secrets among them. */
export async function writeConfig(folder: string, server: Server, secrets: string): Promise<void> {
  const config = join(folder, "config");
  await mkdir(config);
  for (const [path, content] of Object.entries(server.files)) {
    const file = join(config, path);
    if (!file.startsWith(config + sep)) throw new Error(`${server.name}: the file ${path} is not below {config}`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  await symlink(secrets, join(config, "secrets"));
}

/** The release that a link leads to, as it is on disk; undefined where there is none. */
export async function readRelease(link: string): Promise<Release | undefined> {
  if (!existsSync(join(link, "run"))) return undefined;
  const folder = join(dirname(link), await readlink(link));
  const config = join(folder, "config");
  const entries = await readdir(config, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = await Promise.all(
    paths.map(async (path) => [path.slice(config.length + 1), await readFile(path, "utf8")] as const),
  );
  return { folder, run: await readFile(join(folder, "run"), "utf8"), files: new Map(files) };
}

/** Makes the release the current one: the server reads it from now on. */
export const activate = (state: string, name: string, release: Release) => point(currentRelease(state, name), release);

/** Makes a link lead to the release, with one rename. */
export async function point(link: string, release: Release): Promise<void> {
  const incoming = `${link}.${process.pid}`;
  await rm(incoming, { force: true });
  await symlink(basename(release.folder), incoming);
  await rename(incoming, link);
}

/** Removes a release that is not, or no more, the current one. */
export const discard = (release: Release) => rm(release.folder, { recursive: true, force: true });

/** Removes all releases but this one. */
export async function keepOnly(state: string, name: string, release: Release): Promise<void> {
  const parent = serverFolder(state, name);
  const others = (await readdir(parent)).filter(
    (entry) => entry.startsWith(prefix) && entry !== basename(release.folder),
  );
  await Promise.all(others.map((entry) => rm(join(parent, entry), { recursive: true, force: true })));
}

export function sameFiles(one: Release, other: Release): boolean {
  return one.files.size === other.files.size && [...one.files].every(([path, text]) => other.files.get(path) === text);
}
