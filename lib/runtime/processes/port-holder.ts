import { readFileSync } from "node:fs";
import { listProcesses, type Process, socketsOf } from "./proc";

/** Who listens on a port of the loopback interface. */
export interface PortHolder {
  readonly port: number;
  /** Undefined when it belongs to another user, whose processes we may not look into. */
  readonly process: Process | undefined;
}

/** For each of the ports that is taken, who holds it. */
export function portHolders(ports: readonly number[]): PortHolder[] {
  const sockets = listeningSockets().filter(({ port }) => ports.includes(port));
  if (sockets.length === 0) return [];
  const owners = ownersOf(new Set(sockets.map(({ inode }) => inode)));
  return [...new Set(sockets.map(({ port }) => port))].map((port) => ({
    port,
    process: sockets.flatMap((socket) => (socket.port === port ? (owners.get(socket.inode) ?? []) : []))[0],
  }));
}

interface ListeningSocket {
  readonly port: number;
  readonly inode: string;
}

const listening = "0A";

/** Addresses that a server on 127.0.0.1 would meet: any, IPv4's loopback, and both as IPv6 writes them. */
const meets = new Set([
  "00000000",
  "0100007F",
  "00000000000000000000000000000000",
  "0000000000000000FFFF00000100007F",
  "0000000000000000FFFF000000000000",
]);

/** Reads /proc/net/tcp and tcp6, whose addresses are hexadecimal, each four bytes in the machine's own order. */
function listeningSockets(): ListeningSocket[] {
  return ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) => {
    const lines = readLines(file).slice(1);
    return lines.flatMap((line) => {
      const fields = line.trim().split(/\s+/);
      const [address = "", port = ""] = (fields[1] ?? "").split(":");
      if (fields[3] !== listening || !meets.has(address)) return [];
      return [{ port: Number.parseInt(port, 16), inode: fields[9] ?? "" }];
    });
  });
}

/** A machine without IPv6 has no tcp6. */
function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").trimEnd().split("\n");
  } catch {
    return [];
  }
}

function ownersOf(inodes: ReadonlySet<string>): Map<string, Process> {
  const owners = new Map<string, Process>();
  for (const process of listProcesses()) {
    for (const inode of socketsOf(process.pid)) {
      if (inodes.has(inode) && !owners.has(inode)) owners.set(inode, process);
    }
  }
  return owners;
}
