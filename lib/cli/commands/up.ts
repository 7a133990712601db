import type { Diagnostic, Environment } from "@watchbill/model";
import { awaitServers } from "../../runtime/docker/await-ready";
import { removeLeftovers } from "../../runtime/docker/containers";
import { stackName } from "../../runtime/docker/names";
import { dockerPreflight } from "../../runtime/docker/preflight";
import { makeSecrets } from "../../runtime/made-secrets";
import { prepareMachine } from "../../runtime/prerequisites/prepare";
import { ensureServer } from "../../runtime/processes/ensure";
import { serverProcess } from "../../runtime/processes/own-processes";
import { preflight } from "../../runtime/processes/preflight";
import { chooseRuntime, deployedRuntime, namedRuntime, type RuntimeKind } from "../../runtime/runtime-kind";
import type { Server } from "../../runtime/server";
import { stateFolder } from "../../runtime/state-folder";
import { unwritableFolders } from "../../runtime/writable";
import { compiledAmongAll, declaredServers } from "../declared-servers";
import { runStep } from "../deploy";
import { environmentHere } from "../environment";
import { awaitScrapes } from "../first-scrape";
import { paint, printMistakes, Steps, secondsSince } from "../print";
import { initVariables } from "../state-backend";
import { readStatus } from "../status";
import { statusTable } from "./status";

/** Where the servers of one environment run, and how. */
interface Place {
  readonly environment: Environment;
  readonly state: string;
  readonly runtime: RuntimeKind;
}

/** Sets up this machine, deploys the environment on it and waits until everything works. Again: changes nothing. */
export async function up(name: string, { runtime: wanted }: { runtime?: RuntimeKind }): Promise<number> {
  const start = Date.now();
  const environment = environmentHere(name);
  const state = stateFolder(name);
  const asked = wanted ?? namedRuntime();
  const moved = refuseMove(name, deployedRuntime(state), asked);
  const unfit = [...moved, ...unwritableFolders(name, state, { needsRoom: true })];
  if (unfit.length > 0) return refused(unfit);
  const { kind, why } = asked === undefined ? chooseRuntime(state) : { kind: asked };
  const place: Place = { environment, state, runtime: kind };
  console.log(`${paint("bold", `watchbill up ${name}`)}, the servers ${where[kind]}`);
  if (why !== undefined) console.log(`  ${why}.`);

  const steps = new Steps();
  const { servers, mistakes } = await check(steps, place);
  if (mistakes.some(({ severity }) => severity === "error")) return refused(mistakes);
  printMistakes(mistakes);
  if (place.runtime === "docker") tellLeftovers(removeLeftovers(stackName(name, state), state));
  const variables = initVariables(environment);
  const deployed = await runStep(steps, "deploy", { name, state, runtime: place.runtime, variables, options: [] });
  if (!deployed.ok) return deployed.code ?? 1;
  const ensured = await ensure(steps, place, servers);
  printMistakes(ensured.mistakes);
  if (!ensured.ok) return 1;
  const scraped = await steps.run("waiting for the first scrape", () =>
    awaitScrapes(environment, state, servers, start),
  );
  if (!scraped.ok) return 1;

  console.log(`\n${statusTable(await readStatus(environment, state))}\n`);
  if (environment.lapse !== 1) console.log(lapseNote(environment.lapse));
  const words = deployed.touched + ensured.revived.length === 0 ? "is up; nothing had to change" : "is up";
  console.log(`${paint("bold", `${name} ${words}`)} (${secondsSince(start)}). Next:`);
  console.log(next);
  return 0;
}

const where = { docker: "on Docker", processes: "as processes of this machine" } as const;

const lapseNote = (lapse: number) =>
  `Waiting times are divided by ${lapse} here: what takes 5 minutes elsewhere takes ${300 / lapse} seconds.`;

const next = `  npm run break -- payments    make payments fail; somebody is paged within a minute
  npm run inbox                who was called, when, about what
  npm run mend                 make all well again
  npx watchbill status         what runs
  npm run down                 end it all; data stays`;

function refused(mistakes: readonly Diagnostic[]): number {
  console.error();
  printMistakes(mistakes);
  console.error(`\n${paint("red", "Nothing was deployed.")}`);
  return 1;
}

/** Two runtimes would fight over the ports, and each keeps data of its own. */
function refuseMove(name: string, is: RuntimeKind | undefined, wanted: RuntimeKind | undefined): Diagnostic[] {
  if (is === undefined || wanted === undefined || is === wanted) return [];
  const message = `${name} is up already, ${where[is]}`;
  const hint = `npm run down && npm run up -- --runtime ${wanted}`;
  return [{ code: "runtime-differs", severity: "error", path: name, message, hint }];
}

function tellLeftovers(names: readonly string[]): void {
  const many = names.length === 1 ? "a container" : `${names.length} containers`;
  if (names.length > 0) console.log(`  Removed ${many} that an earlier deploy left behind.`);
}

const isRight = (mistakes: readonly Diagnostic[]) => mistakes.every(({ severity }) => severity === "warning");

/** Everything that can be known to be wrong before anything is applied. */
async function check(steps: Steps, { environment, state, runtime }: Place) {
  const machine = await steps.run("setting up this machine", async ({ say }) => {
    const mistakes = await prepareMachine(runtime, state, say);
    const ok = mistakes.length === 0;
    return { ok, ...(ok && { said: "this machine has all it needs" }), mistakes };
  });
  const declared = await steps.run("checking declarations, files, secrets and ports", async () => {
    const { compiled, diagnostics } = compiledAmongAll(environment);
    if (!compiled || !isRight(diagnostics)) return { ok: false, servers: [], mistakes: diagnostics };
    const servers = declaredServers(compiled, runtime);
    makeSecrets(state, servers);
    const found =
      runtime === "docker"
        ? await dockerPreflight(state, stackName(environment.name, state), servers)
        : await preflight(state, servers);
    // Missing packages have been reported by the set-up, by their own names; without Docker nobody knows whose a port is.
    const moot = runtime === "docker" ? "port-taken" : "program-missing";
    const fresh = machine.ok ? found : found.filter(({ code }) => code !== moot);
    // On Docker the images have the tools that check the files, as part of the deploy.
    const said = `declarations, ${runtime === "docker" ? "" : "files, "}secrets and ports of ${servers.length} servers are right`;
    return {
      ok: isRight(fresh),
      ...(isRight(fresh) && { said }),
      servers,
      mistakes: [...diagnostics, ...fresh],
    };
  });
  return { servers: declared.servers, mistakes: [...machine.mistakes, ...declared.mistakes] };
}

const ready = "every server is ready";

/** Terraform knows what it made, not whether that still runs: it takes no notice of a reboot or a kill. */
async function ensure(steps: Steps, { environment, state, runtime }: Place, servers: readonly Server[]) {
  return steps.run("asking every server whether it is ready", async () => {
    if (runtime === "docker") {
      const late = await awaitServers(stackName(environment.name, state), servers);
      return { ok: late.length === 0, ...(late.length === 0 && { said: ready }), revived: [], mistakes: late };
    }
    const gone = servers.filter(({ name }) => serverProcess(state, name) === undefined);
    const results = await Promise.all(servers.map((server) => ensureServer(state, server)));
    const mistakes = results.flatMap((result) => ("mistakes" in result ? result.mistakes : []));
    if (mistakes.length > 0) return { ok: false, revived: [], mistakes };
    const replaced = servers.filter((_, index) => "done" in results[index]! && results[index].done !== "unchanged");
    const revived = servers.filter((server) => gone.includes(server) || replaced.includes(server));
    const names = revived.map(({ name }) => name).join(", ");
    return { ok: true, said: `${ready}${names && `; started again: ${names}`}`, revived, mistakes };
  });
}
