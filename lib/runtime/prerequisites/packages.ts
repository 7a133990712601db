import { readFileSync } from "node:fs";
import type { Diagnostic } from "@watchbill/model";
import { findBinary } from "../programs";
import { readable } from "../repository-root";
import { aptInstall, logging } from "./apt";

/** A Debian package, and the binaries that show that it, or the upstream's own release, is there. */
interface Package {
  readonly name: string;
  readonly binaries: readonly (readonly string[])[];
}

/** What the processes runtime runs, and what it runs it with. */
export const neededPackages: readonly Package[] = [
  { name: "prometheus", binaries: [["prometheus"], ["promtool"]] },
  { name: "prometheus-alertmanager", binaries: [["alertmanager", "prometheus-alertmanager"], ["amtool"]] },
  { name: "prometheus-blackbox-exporter", binaries: [["blackbox_exporter", "prometheus-blackbox-exporter"]] },
  { name: "prometheus-node-exporter", binaries: [["node_exporter", "prometheus-node-exporter"]] },
  { name: "supervisor", binaries: [["supervisord"], ["supervisorctl"]] },
];

/** What some packs of alerts are tried on; only the test that tries them needs it, and gets it by itself. */
export const trialPackages: readonly Package[] = [
  // The server itself is in a folder of its version, off the PATH.
  { name: "postgresql", binaries: [["postgres", "pg_ctlcluster"]] },
  { name: "prometheus-postgres-exporter", binaries: [["postgres_exporter", "prometheus-postgres-exporter"]] },
  { name: "prometheus-redis-exporter", binaries: [["redis_exporter", "prometheus-redis-exporter"]] },
  { name: "redis-server", binaries: [["redis-server"]] },
];

/** Names of the packages that lack a binary here. */
export function missingPackages(find = findBinary, packages = neededPackages): string[] {
  const lacks = ({ binaries }: Package) => binaries.some((names) => find(names) === undefined);
  return packages.filter(lacks).map(({ name }) => name);
}

/** What decides whether packages can be installed here. */
export interface Machine {
  /** Content of /etc/os-release. */
  readonly osRelease: string;
  readonly isRoot: boolean;
}

export function thisMachine(): Machine {
  return { osRelease: readOsRelease(), isRoot: process.getuid?.() === 0 };
}

/**
 * Installs the packages, where that can be done: as root on Debian or a descendant of it.
 *
 * @param say is told, in a few words, what takes the time
 */
export async function installPackages(
  packages: readonly string[],
  { say, log, machine = thisMachine() }: { say: (words: string) => void; log: string; machine?: Machine },
): Promise<Diagnostic[]> {
  const names = packages.join(" ");
  const mistake = (code: string, message: string, hint: string): Diagnostic[] => [
    { code, severity: "error", path: "this machine", message, hint },
  ];
  if (!isDebian(machine.osRelease)) {
    const message = `not installed: ${packages.join(", ")} (the names of Debian's packages), and this is neither Debian nor Ubuntu`;
    return mistake("packages-missing", message, "install them, or start Docker");
  }
  if (!machine.isRoot) {
    const hint = `sudo apt-get install --no-install-recommends ${names}, or start Docker`;
    return mistake("packages-missing", `not installed: ${packages.join(", ")}, and only root can`, hint);
  }
  say(`installing ${packages.join(", ")}`);
  const failure = await aptInstall(packages, { run: logging(log) });
  if (failure === undefined) return [];
  return mistake(
    "packages-missing",
    `apt-get can't install ${packages.join(", ")}: ${failure}`,
    `see ${readable(log)}, or start Docker`,
  );
}

/** Whether /etc/os-release names Debian or a descendant of it. */
export function isDebian(osRelease: string): boolean {
  const value = (name: string) => new RegExp(`^${name}="?([^"\\n]*)"?$`, "m").exec(osRelease)?.[1] ?? "";
  return `${value("ID")} ${value("ID_LIKE")}`.split(" ").some((id) => id === "debian" || id === "ubuntu");
}

function readOsRelease(): string {
  try {
    return readFileSync("/etc/os-release", "utf8");
  } catch {
    return "";
  }
}
