import type { Message } from "./message";

/** What the inbox has, or one line that says why it can't be asked. */
type Fetched = { readonly messages: readonly Message[] } | { readonly problem: string };

/**
 * Asks a running inbox.
 *
 * @param inbox its address: `http://127.0.0.1:9099`
 * @param since an id: only what came after; or an ISO time: only what came then or later
 */
export async function fetchMessages(inbox: string, since?: string): Promise<Fetched> {
  if (!URL.canParse(inbox)) return { problem: `"${inbox}" is not an inbox's address; one is http://127.0.0.1:9099` };
  const url = new URL("/messages", inbox);
  if (since !== undefined) url.searchParams.set("since", since);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    if (!response.ok) return { problem: `${url} answers ${response.status}: ${(await response.text()).trim()}` };
    return { messages: (await response.json()) as Message[] };
  } catch (error) {
    const cause = (error as Error & { cause?: { code?: string } }).cause?.code ?? (error as Error).name;
    return { problem: `the inbox at ${url.origin} does not answer (${cause}); start it with: npm run up` };
  }
}
