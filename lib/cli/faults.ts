import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Diagnostic, DiagnosticsError } from "@watchbill/model";
import { type Fault, faultNames, isFault, parseFaults } from "../../examples/ticket-shop/src/faults";
import { containerFolders } from "../runtime/docker/folders";
import { containerName, stackName } from "../runtime/docker/names";
import { fill } from "../runtime/placeholders";
import { foldersOf } from "../runtime/processes/folders";
import { deployedRuntime } from "../runtime/runtime-kind";
import type { Server } from "../runtime/server";

/** The alert of services/tickets.ts that each fault sets off. */
export const alertOf: Readonly<Record<Fault, string>> = {
  errors: "ErrorBudgetBurnFast",
  latency: "HttpLatencyP95High",
  payments: "PaymentFailureRatioHigh",
  database: "DatabasePoolUsageHigh",
  disconnects: "WebSocketDisconnectRatioHigh",
  "no-sales": "SalesStopped",
  down: "ServiceDown",
};

/** The variable by which a server is told the file that switches its faults. */
const fileVariable = "SHOP_FAULTS_FILE";

/** Names as faults; throws a `DiagnosticsError` that names every one which does not exist. */
export function checkedFaults(names: readonly string[]): Fault[] {
  const hint = `there are ${Object.keys(faultNames).join(", ")}`;
  const unknown = names.filter((name) => !isFault(name));
  const diagnostics: Diagnostic[] = unknown.map((name) => {
    return { code: "unknown-fault", severity: "error", path: "shop", message: `there is no fault "${name}"`, hint };
  });
  if (diagnostics.length > 0) throw new DiagnosticsError(diagnostics);
  return names.filter(isFault);
}

/** What switches the faults of a running shop. */
interface FaultFile {
  read(): ReadonlySet<Fault>;
  /** Replaces the file at once, so that the shop never reads half of it. */
  write(faults: ReadonlySet<Fault>): void;
}

/** Faults that are switched on; none where no shop is up. */
export function faultsOn(environment: string, state: string, servers: readonly Server[]): Fault[] {
  return servers.some(switchesFaults) ? [...faultFile(environment, state, servers).read()] : [];
}

const switchesFaults = (server: Server) => server.environment?.[fileVariable] !== undefined;

/** The fault file of the server that has one; throws a `DiagnosticsError` where none is up. */
export function faultFile(environment: string, state: string, servers: readonly Server[]): FaultFile {
  const shop = servers.find(switchesFaults);
  if (shop === undefined) {
    const message = "no ticket shop is up here";
    throw new DiagnosticsError([
      { code: "no-shop", severity: "error", path: environment, message, hint: "npm run up" },
    ]);
  }
  const path = shop.environment![fileVariable]!;
  return deployedRuntime(state) === "docker"
    ? inContainer(containerName(stackName(environment, state), shop.name), fill(path, containerFolders))
    : onDisk(fill(path, foldersOf(state, shop)));
}

function onDisk(file: string): FaultFile {
  return {
    read: () => faultsIn(readIfThere(file)),
    write: (faults) => {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, textOf(faults));
      renameSync(`${file}.new`, file);
    },
  };
}

function inContainer(container: string, file: string): FaultFile {
  const sh = (script: string, input = "") =>
    spawnSync("docker", ["exec", "-i", container, "sh", "-c", script], { input, encoding: "utf8" });
  return {
    read: () => faultsIn(sh(`cat ${file}`).stdout ?? ""),
    write: (faults) => {
      const { status, stderr } = sh(`cat > ${file}.new && mv ${file}.new ${file}`, textOf(faults));
      if (status !== 0) throw new Error(`${container}: ${stderr}`);
    },
  };
}

const textOf = (faults: ReadonlySet<Fault>) => `${JSON.stringify({ faults: [...faults].sort() })}\n`;

/** A damaged file switches nothing on that we know of, and is replaced by the next write. */
function faultsIn(text: string): ReadonlySet<Fault> {
  const parsed = parseFaults(text);
  return "faults" in parsed ? parsed.faults : new Set();
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
