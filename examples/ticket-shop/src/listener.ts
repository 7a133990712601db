import { once } from "node:events";
import type { Server } from "node:http";

/** After how long a port that was taken meanwhile is tried again. */
const retryMilliseconds = 1000;

/** The public listener: it can be closed and opened again while the process lives on. */
export class Listener {
  #wanted = false;

  constructor(
    readonly server: Server,
    readonly address: { readonly host: string; readonly port: number },
    readonly log: (line: string) => void,
  ) {}

  /** @throws the server's own error when the port can't be had */
  async open(): Promise<void> {
    this.#wanted = true;
    if (this.server.listening) return;
    this.server.listen(this.address.port, this.address.host);
    await once(this.server, "listening");
    if (this.#wanted) this.log(`ticket shop: listening on ${this.url}`);
    else this.close();
  }

  /** Opens, however long that takes. */
  reopen(): void {
    this.open().catch((error: Error) => {
      this.log(`ticket shop: ${error.message}; trying again`);
      setTimeout(() => {
        if (this.#wanted) this.reopen();
      }, retryMilliseconds);
    });
  }

  /** Refuses connections from now on and ends those that are there. */
  close(): void {
    this.#wanted = false;
    if (!this.server.listening) return;
    this.server.close();
    this.server.closeAllConnections();
    this.log("ticket shop: no longer listening");
  }

  get url(): string {
    const address = this.server.address();
    const port = typeof address === "object" && address !== null ? address.port : this.address.port;
    return `http://${this.address.host}:${port}`;
  }
}
