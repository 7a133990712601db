import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type Diagnostic, type Environment, refuseErrors } from "@watchbill/model";
import { mistake } from "./checks/check";
import { compileAll } from "./compile-all";
import { surroundings } from "./project";

/** Path below manifests/ to content, for all environments. Throws a `DiagnosticsError` with every mistake there is. */
export function manifestsOf(environments: readonly Environment[], root?: string): ReadonlyMap<string, string> {
  const { compiled, diagnostics } = compileAll(environments, surroundings(root));
  refuseErrors(diagnostics);
  return new Map(
    compiled.flatMap(({ environment, files }) =>
      Object.entries(files).map(([path, content]) => [`${environment.name}/${path}`, content] as const),
    ),
  );
}

function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
}

/** Writes manifests/ as it should be, and removes what should not be there; says what it changed. */
export function writeManifests(root: string, environments: readonly Environment[]): readonly string[] {
  const wanted = manifestsOf(environments, root);
  const folder = join(root, "manifests");
  const stale = filesBelow(folder).filter((path) => !wanted.has(path));
  for (const path of stale) rmSync(join(folder, path));
  const changed = [...wanted].filter(([path, content]) => {
    const file = join(folder, path);
    if (existsSync(file) && readFileSync(file, "utf8") === content) return false;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return true;
  });
  return [...stale, ...changed.map(([path]) => path)].sort();
}

/** A mistake for each file that is missing, edited by hand, or left over. */
export function checkManifests(root: string, environments: readonly Environment[]): readonly Diagnostic[] {
  const wanted = manifestsOf(environments, root);
  const folder = join(root, "manifests");
  const there = new Set(filesBelow(folder));
  const hint = "change the declaration, then run `npm run manifests`";
  const at = (path: string) => relative(root, join(folder, path));
  const found = (path: string, message: string) => mistake("stale-manifest", path, at(path), message, hint);
  return [
    ...[...wanted].flatMap(([path, content]) => {
      if (!there.has(path)) return [found(path, "is missing")];
      return readFileSync(join(folder, path), "utf8") === content
        ? []
        : [found(path, "is not what the declarations say")];
    }),
    ...[...there].filter((path) => !wanted.has(path)).map((path) => found(path, "belongs to nothing declared")),
  ];
}
