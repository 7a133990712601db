import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatDiagnostic } from "@watchbill/model";
import { environments } from "../../environments";
import { compileAll } from "../../lib/compile-all";
import { checkManifests, manifestsOf, writeManifests } from "../../lib/manifests";
import { surroundings } from "../../lib/project";
import { repositoryRoot } from "../../lib/runtime/repository-root";

test("what is committed is what the declarations say", () => {
  expect(checkManifests(repositoryRoot, environments).map(formatDiagnostic)).toEqual([]);
});

test("the same declarations give the same bytes", () => {
  expect([...manifestsOf(environments)]).toEqual([...manifestsOf(environments)]);
});

describe("with variables in the command's environment", () => {
  const name = "ERROR_RATE_THRESHOLD";
  afterEach(() => {
    delete process.env[name];
  });

  test("what is written and what is checked are the same bytes: only what applies something reads them", () => {
    const without = [...manifestsOf(environments, repositoryRoot)];
    process.env[name] = "3%";
    expect([...manifestsOf(environments, repositoryRoot)]).toEqual(without);
    const { compiled, diagnostics } = compileAll(environments, {
      ...surroundings(repositoryRoot, process.env),
      now: 0,
    });
    const applied = compiled.flatMap(({ environment, files }) =>
      Object.entries(files).map(([path, content]) => [`${environment.name}/${path}`, content]),
    );
    expect(applied).not.toEqual(without);
    expect(diagnostics.map(({ code }) => code)).toEqual(["variable-override", "variable-override"]);
  });

  test("a text that is no limit at all keeps nobody from writing them", () => {
    process.env[name] = "very much";
    expect(() => manifestsOf(environments, repositoryRoot)).not.toThrow();
  });
});

describe("in a checkout", () => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "watchbill-manifests-"));
    for (const folder of ["runbooks", "manifests"]) {
      cpSync(join(repositoryRoot, folder), join(root, folder), { recursive: true });
    }
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test("a file that was edited by hand, one that is missing and one that is left over are each one line", () => {
    const rules = join(root, "manifests/production/prometheus/rules/tickets.yml");
    writeFileSync(rules, readFileSync(rules, "utf8").replace("> 0.05", "> 0.5"));
    rmSync(join(root, "manifests/local/blackbox/blackbox.yml"));
    writeFileSync(join(root, "manifests/staging/notes.txt"), "");
    const hint = "change the declaration, then run `npm run manifests`";
    expect(checkManifests(root, environments).map(formatDiagnostic)).toEqual([
      `error stale-manifest manifests/local/blackbox/blackbox.yml [local/blackbox/blackbox.yml]: is missing → ${hint}`,
      `error stale-manifest manifests/production/prometheus/rules/tickets.yml [production/prometheus/rules/tickets.yml]: is not what the declarations say → ${hint}`,
      `error stale-manifest manifests/staging/notes.txt [staging/notes.txt]: belongs to nothing declared → ${hint}`,
    ]);
  });

  test("writing them mends just that", () => {
    writeFileSync(join(root, "manifests/staging/notes.txt"), "");
    rmSync(join(root, "manifests/local/blackbox/blackbox.yml"));
    expect(writeManifests(root, environments)).toEqual(["local/blackbox/blackbox.yml", "staging/notes.txt"]);
    expect(checkManifests(root, environments)).toEqual([]);
    expect(writeManifests(root, environments)).toEqual([]);
  });
});
