import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { withoutServiceStarts } from "./service-policy";

/** Runs a program to its end; its exit code and all it printed. */
export type Run = (command: string, words: readonly string[]) => Promise<{ code: number; printed: string }>;

/** How packages are installed; a test puts in its own. */
interface AptSettings {
  readonly run: Run;
  readonly policyFile?: string;
}

/**
 * Installs Debian packages without starting the services they bring: those would take the ports that ours listen on.
 *
 * @returns apt's own words when it fails
 */
export async function aptInstall(
  packages: readonly string[],
  { run, policyFile }: AptSettings,
): Promise<string | undefined> {
  const install = () => run("apt-get", [...options, "install", "-y", "--no-install-recommends", ...packages]);
  const result = await withoutServiceStarts(async () => {
    if (!hasLists()) await run("apt-get", [...options, "update"]);
    const first = await install();
    if (first.code === 0) return first;
    // Lists that are old name packages which are gone from the mirror.
    await run("apt-get", [...options, "update"]);
    return install();
  }, policyFile);
  if (result.code !== 0) return aptWords(result.printed);
  for (const name of packages) await keepServicesOff(name, run);
  return undefined;
}

/** Another apt, such as the nightly one, may be at work. */
const options = ["-o", "DPkg::Lock::Timeout=120", "-q"];

/** The first of apt's complaints, each of which begins with `E:`. */
export function aptWords(printed: string): string {
  return /^E: (.+)$/m.exec(printed)?.[1] ?? printed.trim().split("\n").at(-1) ?? "";
}

function hasLists(): boolean {
  try {
    return readdirSync("/var/lib/apt/lists").some((name) => name.includes("_Packages"));
  } catch {
    return false;
  }
}

/** A service that is only not started now would still come, and take its port, at the next boot. */
async function keepServicesOff(name: string, run: Run): Promise<void> {
  const { printed } = await run("dpkg", ["-L", name]);
  const units = [...printed.matchAll(/\/systemd\/system\/([^/@\n]+\.(?:service|timer|socket))$/gm)].map(
    ([, unit]) => unit!,
  );
  if (units.length > 0) await run("systemctl", ["disable", "--quiet", ...units]);
}

/** Runs programs and writes all they print to the end of a file. */
export function logging(log: string): Run {
  mkdirSync(dirname(log), { recursive: true });
  return (command, words) =>
    new Promise((resolve) => {
      const child = spawn(command, words, {
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C.UTF-8" },
      });
      let printed = "";
      const hear = (chunk: Buffer) => {
        printed += chunk;
        appendFileSync(log, chunk);
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.on("error", (error) => resolve({ code: 127, printed: error.message }));
      child.on("close", (code) => resolve({ code: code ?? 1, printed }));
    });
}
