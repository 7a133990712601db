#!/usr/bin/env node
// What `npm run …` and `npx watchbill` start. It must say what is missing on an old Node and without node_modules, so it
// uses no dependency and no syntax that Node 14 lacks.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const oldestNode = [20, 19];

function isOld(version) {
  const parts = version.split(".").map(Number);
  return parts[0] < oldestNode[0] || (parts[0] === oldestNode[0] && parts[1] < oldestNode[1]);
}

/** Whether node_modules holds what package-lock.json says; npm keeps a copy of what it installed. */
function isInstalled() {
  const wanted = join(root, "package-lock.json");
  const installed = join(root, "node_modules", ".package-lock.json");
  try {
    if (statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return true;
    // A checkout touches the file without changing it.
    return isSubset(packagesIn(installed), packagesIn(wanted));
  } catch (_) {
    return false;
  }
}

function packagesIn(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

/** Packages for other systems are in package-lock.json only. */
function isSubset(installed, wanted) {
  return Object.keys(wanted).every((path) => {
    const there = installed[path];
    if (there === undefined) return !path.includes("node_modules/") || wanted[path].optional === true;
    return there.version === wanted[path].version;
  });
}

function install() {
  console.error("watchbill: installing dependencies with npm ci; this takes about a minute");
  const result = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: root, encoding: "utf8" });
  if (result.status === 0) return;
  console.error(((result.stdout || "") + (result.stderr || "")).trim() || String(result.error));
  console.error(
    "watchbill: npm ci failed, so nothing was started → mend what it says, then run the same command again",
  );
  process.exit(1);
}

function handOver() {
  const words = ["--import", "tsx", join(root, "lib", "cli", "main.ts")].concat(process.argv.slice(2));
  // cdktf and Terraform's provisioners look for `node` on the PATH; let them find this one.
  const path = [dirname(process.execPath), process.env.PATH].join(process.platform === "win32" ? ";" : ":");
  const child = spawn(process.execPath, words, {
    cwd: root,
    stdio: "inherit",
    env: Object.assign({}, process.env, { PATH: path }),
  });
  // A terminal sends Ctrl-C to both, so it is the other one's to answer; other signals were meant for it too.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(signal === null ? code : 1));
}

if (isOld(process.versions.node)) {
  console.error(
    "watchbill: this is Node " +
      process.versions.node +
      ", which is too old → install Node " +
      oldestNode.join(".") +
      " or later",
  );
  process.exit(1);
}
if (!isInstalled()) install();
handOver();
