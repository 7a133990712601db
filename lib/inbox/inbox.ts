import { once } from "node:events";
import type { Server } from "node:net";
import { createHttpServer } from "./http";
import type { Arrival } from "./message";
import type { InboxSettings } from "./settings";
import { createSmtpServer } from "./smtp";
import { Store } from "./store";
import { stateOf, whoOf } from "./wording";

export interface Inbox {
  readonly port: number;
  readonly smtpPort: number;
  close(): Promise<void>;
}

/** A port that could not be had: which setting names it. */
export class PortTaken extends Error {
  constructor(setting: string, port: number) {
    super(`${setting}: port ${port} is taken; stop what listens there, or set another one`);
  }
}

/**
 * Opens the inbox: mail first, so that it is ready when its HTTP side says so.
 *
 * @throws PortTaken
 */
export async function openInbox(settings: InboxSettings, log: (line: string) => void): Promise<Inbox> {
  const store = new Store(settings.file, log);
  const keep = (arrival: Arrival): void => {
    const message = store.add(arrival, new Date());
    const refusal = message.refused === undefined ? "" : ` (${message.refused})`;
    if (message.channel === "heartbeat") return;
    log(`${stateOf(message)} to ${whoOf(message)}: ${message.title}${refusal}`);
  };
  const smtp = createSmtpServer(keep);
  const http = createHttpServer(store, keep);
  const closeSmtp = () => new Promise<void>((resolve) => smtp.close(resolve));

  await listen(smtp.server, settings.smtpPort, settings.host, "INBOX_SMTP_PORT");
  try {
    await listen(http, settings.port, settings.host, "INBOX_PORT");
  } catch (error) {
    await closeSmtp();
    throw error;
  }
  const [port, smtpPort] = [portOf(http), portOf(smtp.server)];
  log(`inbox: http://${settings.host}:${port}, mail on port ${smtpPort}, kept in ${settings.file}`);
  return {
    port,
    smtpPort,
    close: async () => {
      http.close();
      http.closeAllConnections();
      await closeSmtp();
    },
  };
}

async function listen(server: Server, port: number, host: string, setting: string): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "EADDRINUSE" ? new PortTaken(setting, port) : error;
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
