import { setTimeout as sleep } from "node:timers/promises";
import type { Server } from "./server";

/** Address of a server's `http` port; undefined for one that has none. */
export function urlOf(server: Pick<Server, "ports">): string | undefined {
  return server.ports.http === undefined ? undefined : `http://127.0.0.1:${server.ports.http}`;
}

/** What an HTTP request came back with; `status` 0 when no answer came. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Asks a server of ours; never throws, for a server that is down is an answer too. */
export async function ask(
  url: string,
  { method = "GET", timeout = 2_000 }: { method?: "GET" | "POST"; timeout?: number } = {},
): Promise<Answer> {
  try {
    const response = await fetch(url, { method, signal: AbortSignal.timeout(timeout) });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    const { cause } = error as { cause?: Error };
    return { status: 0, body: (cause ?? (error as Error)).message };
  }
}

export const isGood = ({ status }: Answer) => status >= 200 && status < 300;

/** Whether the server's `ready` path answers 2xx; undefined for one that has no such path. */
export async function answersReady(server: Pick<Server, "ports" | "ready">): Promise<boolean | undefined> {
  const url = urlOf(server);
  if (server.ready === undefined || url === undefined) return undefined;
  return isGood(await ask(url + server.ready));
}

/** Asks again and again until the answer is true or the milliseconds are over. */
export async function until(condition: () => Promise<boolean>, milliseconds: number, pause = 100): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() >= deadline) return false;
    await sleep(pause);
  }
  return true;
}
