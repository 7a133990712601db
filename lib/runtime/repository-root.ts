import { resolve } from "node:path";

/** The folder of the checkout: scripts run in it, and paths of the declaration are relative to it. */
export const repositoryRoot = resolve(__dirname, "../..");
