import type { Diagnostic, Environment, Service } from "@watchbill/model";

/** What a backend compiles: one environment and its services, tuned as that environment says. */
export interface Watch {
  readonly environment: Environment;
  readonly services: readonly Service[];
}

/** What a backend makes of it, as plain data. */
interface Compiled<D> {
  /** For the stacks. */
  readonly data: D;
  /** For manifests/<environment>/: path to content. Where they are many, texts are made when they are read (`deferred`). */
  readonly files: Readonly<Record<string, string>>;
  /** What can't be said in this backend, each naming the alert and the way out. */
  readonly diagnostics: readonly Diagnostic[];
}

export type Backend<D> = (watch: Watch) => Compiled<D>;
