import { availableParallelism } from "node:os";
import { type Diagnostic, DiagnosticsError, type Environment } from "@watchbill/model";
import { mutate } from "../../rule-tests/mutation/mutation";
import { mutateObjectives } from "../../rule-tests/mutation/objective-mutation";
import { dialectHere } from "../../rule-tests/promtool";
import { planProof, prove } from "../../rule-tests/proof";
import { formatFates, formatProof } from "../../rule-tests/report";
import { findBinary } from "../../runtime/programs";
import { compiledHere } from "../declared-servers";
import { environmentNamed } from "../environment";
import { paint, printMistakes, Steps, secondsSince } from "../print";

interface ProveOptions {
  readonly environment: string;
  readonly mutate?: boolean;
}

const refuse = (code: string, path: string, message: string, hint: string) => {
  const diagnostic: Diagnostic = { code, severity: "error", path, message, hint };
  return new DiagnosticsError([diagnostic]);
};

/** Tries every alert on cases made from its declaration; with `mutate`, tries whether the cases would notice a mistake. */
export async function proveAlerts(names: readonly string[], options: ProveOptions): Promise<number> {
  const start = Date.now();
  if (findBinary(["promtool"]) === undefined)
    throw refuse("no-promtool", "prove", "promtool is not on the PATH", "install Prometheus, which it comes with");
  const { environment, services, diagnostics } = compiledHere(environmentNamed(options.environment));
  if (diagnostics.some(({ severity }) => severity === "error")) {
    printMistakes(diagnostics);
    return 1;
  }
  const chosen = services.filter(({ name }) => names.length === 0 || names.includes(name));
  const unknown = names.find((name) => !services.some((service) => service.name === name));
  if (unknown !== undefined) throw unknownService(environment, unknown);
  const dialect = await dialectHere();
  const processes = Math.max(2, availableParallelism());
  const steps = new Steps();
  const plan = planProof(environment, chosen, dialect);
  const { proof } = await steps.run("trying every alert", async ({ note }) => {
    const found = await prove(plan, processes, (done, of) =>
      note(`trying every alert: ${Math.round((done / of) * 100)} %`),
    );
    const ok = found.failures.length === 0;
    return {
      ok,
      said: `cases of ${plan.alerts} alerts of ${environment.name} on promtool ${dialect.version}`,
      proof: found,
    };
  });
  console.log(`\n${formatProof(proof, secondsSince(start))}`);
  if (proof.failures.length > 0) return 1;
  if (!options.mutate) return 0;
  const began = Date.now();
  const { fates } = await steps.run("changing one thing after another", async ({ note }) => {
    const found = await mutate(environment, plan.subjects, processes, (round, of, left) =>
      note(`round ${round} of ${of}, ${left} mutants`),
    );
    note("the alerts of objectives");
    const burning = await mutateObjectives(environment, chosen, processes);
    return { ok: true, said: "each rule with one thing changed", fates: [...found, ...burning] };
  });
  console.log(`\n${paint("bold", formatFates(fates, secondsSince(began)))}`);
  return 0;
}

function unknownService({ name, services }: Environment, unknown: string): DiagnosticsError {
  const names = services.map((service) => service.name).join(", ");
  return refuse("unknown-service", `${name}/${unknown}`, `there is no service "${unknown}"`, `there are ${names}`);
}
