/**
 * A server that an environment runs, as plain data. The backends say what to run and with which files; a runtime
 * (processes, docker) says how. No path here is absolute: `{config}`, `{data}` and `{secrets}` stand for the folders
 * that the runtime gives this server, in arguments, checks, environment variables and nowhere else.
 */
export interface Server {
  /** Lower-case and unique in the environment: `prometheus`. Names the process, the container and its host name. */
  readonly name: string;
  readonly program: Program;
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Ports it listens on, by use; `http` is the one that `ready` and `reload` speak to. Empty for a program without one. */
  readonly ports: Readonly<Record<string, number>>;
  /** Path that answers 2xx once the server does its work: `/-/ready`. Without one, ready means running. */
  readonly ready?: string;
  /**
   * Configuration: path below `{config}` to content. A file that names a secret says `secrets/<name>`, relative to its
   * own folder: each runtime makes `{config}/secrets` a symbolic link to `{secrets}`, so that the files are the same
   * whatever runs the server.
   */
  readonly files: Readonly<Record<string, string>>;
  /**
   * Run on the new files before they replace the good ones, `{config}` being the folder of the new ones; an exit code
   * other than 0 refuses them.
   */
  readonly check?: { readonly program: Program; readonly arguments: readonly string[] };
  /** Path that takes a POST and makes the server read its files again; without one, changed files restart it. */
  readonly reload?: string;
  /** It notices changed files by itself. */
  readonly rereads?: boolean;
  /** Servers that are made ready first: whoever watches would call somebody for what is only just starting. */
  readonly after?: readonly string[];
  /** It keeps data below `{data}` that must outlive a restart and an upgrade. */
  readonly keepsData: boolean;
  /** File names below `{secrets}` that must be there and not empty before it starts. */
  readonly secrets: readonly string[];
  /** Those of them that are made at random where they are missing on a machine that `npm run up` sets up. */
  readonly madeSecrets?: readonly string[];
}

/** What to execute: a packaged binary (docker: in an image), or a script of this repository run by Node. */
export type Program = PackagedProgram | NodeProgram;

export interface PackagedProgram {
  /** Names under which it is found on the PATH, the upstream one first: `["alertmanager", "prometheus-alertmanager"]`. */
  readonly binaries: readonly string[];
  /** Debian package that brings it. */
  readonly debian: string;
  /** Image, pinned: `prom/alertmanager:v0.28.1`. */
  readonly image: string;
}

interface NodeProgram {
  /** TypeScript file, relative to the repository's root. */
  readonly script: string;
  /** Changes with its sources; a change restarts it. Default: only its declaration does. */
  readonly sources?: string;
}
