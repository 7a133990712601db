import { defaultPorts, type Environment } from "@watchbill/model";

export type MonitoringServer = keyof typeof defaultPorts;

/**
 * The address that the servers of one environment have for each other: in a Docker network by name and default port,
 * on one machine by loopback and the environment's port.
 */
export const addressIn =
  ({ runtime, ports }: Pick<Environment, "runtime" | "ports">) =>
  (server: MonitoringServer): string =>
    runtime === "docker" ? `${server}:${defaultPorts[server]}` : `127.0.0.1:${ports[server]}`;
