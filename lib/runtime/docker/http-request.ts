import type { Program } from "../server";
import { isPackaged } from "./image";

/**
 * A command for an HTTP request that exits 0 on a 2xx answer and says on stderr what went wrong otherwise, with what
 * the image has: BusyBox's wget in those of the monitoring servers, Node in ours. No time limit of its own: BusyBox 1.35
 * crashes on `-T`, and a server may take its time to read many rules.
 */
export function httpRequest(program: Program, method: "GET" | "POST", url: string): readonly string[] {
  if (isPackaged(program)) {
    return ["wget", "-q", "-O", "/dev/null", ...(method === "POST" ? ["--post-data="] : []), url];
  }
  const script = [
    `fetch(${JSON.stringify(url)}, { method: "${method}" })`,
    '.then((answer) => { if (!answer.ok) throw new Error("HTTP " + answer.status); })',
    ".catch((error) => { console.error(String(error.cause ?? error)); process.exit(1); })",
  ];
  return ["node", "-e", script.join("")];
}
