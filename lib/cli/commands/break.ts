import { faultNames } from "../../../examples/ticket-shop/src/faults";
import { stateFolder } from "../../runtime/state-folder";
import { environmentHere } from "../environment";
import { alertOf, checkedFaults, faultFile } from "../faults";
import { serversUp } from "../status";

/** Switches faults of the ticket shop on, besides those that are on already. */
export async function breakShop(name: string, names: readonly string[]): Promise<number> {
  const environment = environmentHere(name);
  const state = stateFolder(name);
  const faults = checkedFaults(names);
  const file = faultFile(name, state, await serversUp(environment, state));
  file.write(new Set([...file.read(), ...faults]));
  for (const fault of faults) console.log(`${fault}: ${faultNames[fault]}; expect ${alertOf[fault]}`);
  console.log("npm run inbox shows who is called; npm run mend makes all well again.");
  return 0;
}

/** Switches the named faults off, or all of them. */
export async function mendShop(name: string, names: readonly string[]): Promise<number> {
  const environment = environmentHere(name);
  const state = stateFolder(name);
  const mended = checkedFaults(names);
  const file = faultFile(name, state, await serversUp(environment, state));
  const before = file.read();
  const left = new Set([...before].filter((fault) => mended.length > 0 && !mended.includes(fault)));
  file.write(left);
  const off = [...before].filter((fault) => !left.has(fault));
  console.log(off.length === 0 ? "Nothing was broken." : `Mended: ${off.join(", ")}.`);
  if (left.size > 0) console.log(`Still broken: ${[...left].join(", ")}.`);
  return 0;
}
