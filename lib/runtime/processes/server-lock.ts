import { withLock } from "./lock";

/** Longer than an apply that fails takes: to be given up, and to be given up once more as it was before. */
const patience = 180_000;

/** Does work on one server; one at a time, since two applies would take each other's releases for left-overs. */
export const withServerLock = <T>(state: string, name: string, work: () => Promise<T>): Promise<T> =>
  withLock(state, `server ${name}`, work, patience);
