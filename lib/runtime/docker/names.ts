import { hashOf } from "./hash";

/** Labels of everything that the runtime makes in Docker: what it belongs to. */
export const stackLabel = "watchbill.stack";
export const serverLabel = "watchbill.server";

/**
 * First part of the names of what an environment has in Docker. On a developer's machine other checkouts may run the same
 * environment, so that there it tells their state folders apart.
 */
export const stackName = (environment: string, state?: string) =>
  ["watchbill", environment, ...(state === undefined ? [] : [hashOf(state).slice(0, 6)])].join("-");

export const containerName = (stack: string, server: string) => `${stack}-${server}`;

export const dataVolumeName = (stack: string, server: string) => `${stack}-${server}-data`;
