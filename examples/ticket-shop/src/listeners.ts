import WebSocket from "ws";

/** Before a listener that lost its connection comes back; each a little later than the one before. */
const backMilliseconds = 1000;
const apartMilliseconds = 40;

/** A crowd that listens to the shop's live updates, and comes back whenever the connection is lost. */
export class Listeners {
  readonly #sockets = new Map<number, WebSocket>();
  #stopped = false;

  constructor(
    readonly shop: URL,
    readonly count: number,
  ) {}

  start(): void {
    for (let place = 0; place < this.count; place++) this.#connectIn(place * apartMilliseconds, place);
  }

  stop(): void {
    this.#stopped = true;
    for (const socket of this.#sockets.values()) socket.terminate();
  }

  #connectIn(milliseconds: number, place: number): void {
    setTimeout(() => {
      if (this.#stopped) return;
      const address = new URL("/ws", this.shop);
      address.protocol = this.shop.protocol === "https:" ? "wss:" : "ws:";
      const socket = new WebSocket(address, { handshakeTimeout: 5000 });
      this.#sockets.set(place, socket);
      // `close` follows every error, and that is where it comes back.
      socket.on("error", () => {});
      socket.on("close", () => this.#connectIn(backMilliseconds + place * apartMilliseconds, place));
    }, milliseconds).unref();
  }
}
