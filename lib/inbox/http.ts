import { createServer, type IncomingMessage, type Server } from "node:http";
import { type Arrival, jsonReply, type Reply, textReply } from "./message";
import { inboxPage } from "./page";
import { findReceiver } from "./routes";
import type { Store } from "./store";

/** More than any vendor takes (PagerDuty: 512 kB). */
const mostBytes = 1024 * 1024;

/** Addresses of requests are relative to something; it does not matter what. */
const origin = "http://inbox";

/**
 * The HTTP side: what the vendors' addresses answer, and what the inbox shows.
 *
 * @param keep takes what arrived; when it throws, the sender hears 500 and comes again
 */
export function createHttpServer(store: Store, keep: (arrival: Arrival) => void): Server {
  const server = createServer((request, response) => {
    answer(request, store, keep)
      .catch((error: Error) => textReply(500, `${error.message}\n`))
      .then(({ status, type, body }) => {
        response.writeHead(status, { "content-type": type }).end(body);
      });
  });
  server.requestTimeout = 10_000;
  return server;
}

async function answer(request: IncomingMessage, store: Store, keep: (arrival: Arrival) => void): Promise<Reply> {
  const { url: address = "/" } = request;
  if (!URL.canParse(address, origin)) return textReply(400, `the inbox can't read the address "${address}"\n`);
  const { pathname, searchParams } = new URL(address, origin);
  const method = request.method ?? "GET";
  if (method === "GET" || method === "HEAD") {
    switch (pathname) {
      case "/-/ready":
        return textReply(200, "ready\n");
      case "/messages":
        return listMessages(store, searchParams.get("since") ?? undefined);
      case "/":
        return { status: 200, type: "text/html; charset=utf-8", body: inboxPage(store.list(), new Date()) };
    }
  }
  const receive = findReceiver(method, pathname);
  if (receive === undefined) return textReply(404, `the inbox has no ${method} ${pathname}\n`);
  const body = await readBody(request);
  if (body === undefined) return textReply(413, "too large\n");
  const { arrival, reply } = receive(body);
  keep(arrival);
  return reply;
}

function listMessages(store: Store, since: string | undefined): Reply {
  if (since !== undefined && !/^\d+$/.test(since) && Number.isNaN(Date.parse(since))) {
    return textReply(400, `since: "${since}" is neither a message's id nor a time such as 2026-01-31T12:00:00Z\n`);
  }
  return jsonReply(200, store.list(since));
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= mostBytes) chunks.push(chunk);
  }
  return bytes > mostBytes ? undefined : Buffer.concat(chunks).toString();
}
