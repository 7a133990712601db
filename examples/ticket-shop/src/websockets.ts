import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Faults } from "./fault-switch";
import type { DisconnectReason, Metrics } from "./metrics";

/** Between two signs of life; a client that missed one is gone. */
const pingMilliseconds = 15_000;
/** Between two rounds of the fault `disconnects`, and the share of connections that each drops. */
const dropMilliseconds = 500;
const dropShare = 0.25;
/** What a client that was told goodbye gets to say goodbye too. */
const goodbyeMilliseconds = 200;

/** Live updates at /ws: greets each client, keeps the connection alive, and says who ended it. */
export class Websockets {
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 4096 });
  readonly #metrics: Metrics;
  /** Why the server ended a connection; one that is not here was ended by its client. */
  readonly #ended = new WeakMap<WebSocket, DisconnectReason>();
  readonly #quiet = new WeakSet<WebSocket>();
  readonly #timers: NodeJS.Timeout[];

  constructor(server: Server, metrics: Metrics, faults: Faults) {
    this.#metrics = metrics;
    server.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
    this.#sockets.on("connection", (socket) => this.#welcome(socket));
    this.#timers = [
      setInterval(() => this.#ping(), pingMilliseconds),
      setInterval(() => {
        if (faults.has("disconnects")) this.#drop();
      }, dropMilliseconds),
    ];
  }

  /** Ends every connection, politely. */
  endAll(): void {
    for (const socket of this.#sockets.clients) {
      this.#ended.set(socket, "server");
      socket.close(1001, "the shop closes");
      setTimeout(() => socket.terminate(), goodbyeMilliseconds).unref();
    }
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.endAll();
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (request.url?.split("?")[0] !== "/ws") {
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (open) => this.#sockets.emit("connection", open, request));
  }

  #welcome(socket: WebSocket): void {
    this.#metrics.websocketsOpened.inc();
    this.#metrics.websocketsActive.inc();
    socket.on("pong", () => this.#quiet.delete(socket));
    // A broken frame closes the connection; without a listener it would end the process too.
    socket.on("error", () => this.#ended.set(socket, "error"));
    socket.on("close", () => {
      this.#metrics.websocketsActive.dec();
      this.#metrics.websocketsClosed.inc({ reason: this.#ended.get(socket) ?? "client" });
    });
    socket.send(JSON.stringify({ type: "welcome" }));
  }

  #ping(): void {
    for (const socket of this.#sockets.clients) {
      if (this.#quiet.has(socket)) {
        this.#ended.set(socket, "server");
        socket.terminate();
      } else {
        this.#quiet.add(socket);
        socket.ping();
      }
    }
  }

  #drop(): void {
    const clients = [...this.#sockets.clients];
    for (const socket of clients.slice(0, Math.ceil(clients.length * dropShare))) {
      this.#ended.set(socket, "error");
      socket.terminate();
    }
  }
}
