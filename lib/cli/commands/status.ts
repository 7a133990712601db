import { stateFolder } from "../../runtime/state-folder";
import { environmentHere } from "../environment";
import { table } from "../print";
import { readStatus, type ServerStatus } from "../status";

/** Prints every server that was brought up here, as it is now. Fails when one is not ready. */
export async function status(name: string, { json }: { json?: boolean }): Promise<number> {
  const servers = await readStatus(environmentHere(name), stateFolder(name));
  if (json) console.log(JSON.stringify(servers, null, 2));
  else if (servers.length === 0) console.log(`${name} is not up → npm run up`);
  else console.log(statusTable(servers));
  return servers.length > 0 && servers.every(({ ready }) => ready) ? 0 : 1;
}

export function statusTable(servers: readonly ServerStatus[]): string {
  return table(
    servers.map(({ name, url, version, ready }) => [
      `  ${name}`,
      url ?? "(listens on nothing)",
      version ?? "",
      ready ? "ready" : "NOT READY",
    ]),
  );
}
