import { type Diagnostic, DiagnosticsError } from "@watchbill/model";
import { keyOf } from "../labelled";
import { parseMatrix } from "../matrix";
import type { Matcher, Selector } from "../selectors";
import type { Series } from "../series";

/** How much is asked for at once, at most and at least: a server refuses an answer that is too large. */
const most = 6 * 3_600_000;
const least = 5 * 60_000;

export type Told = (share: number, words: string) => void;

/**
 * The samples of a running Prometheus (or what answers like one) that some selectors read, piece by piece: of each series
 * the pieces come in the order of time. A user and a password in the address go along as basic authentication. The ends of
 * series are not in it: a query does not show stale markers, so that a series that ended counts for five minutes more.
 *
 * @throws DiagnosticsError data-unreachable
 */
export async function* urlSeries(
  address: string,
  selectors: readonly Selector[],
  from: number,
  to: number,
  told: Told = () => {},
): AsyncGenerator<Series> {
  const needed = widest(selectors.map(({ matchers }) => matchers));
  const owners = new Map<string, number>();
  const last = new Map<string, number>();
  for (const [owner, matchers] of needed.entries()) {
    const text = selectorText(matchers);
    let span = most;
    for (let start = from; start <= to; ) {
      const end = Math.min(to, start + span - 1);
      const body = await ask(address, `${text}[${end - start + 1}ms]`, end, span > least);
      if (body === "too much") {
        span = Math.max(least, span / 4);
        continue;
      }
      for (const { labels, times, values } of parseMatrix(body)) {
        const key = keyOf(labels);
        // What two selectors find is the same samples.
        if ((owners.get(key) ?? owner) !== owner) continue;
        owners.set(key, owner);
        // Whether the first moment of a window is part of it depends on the server's version.
        const begin = times.findIndex((time) => time > (last.get(key) ?? Number.NEGATIVE_INFINITY) && time >= start);
        if (begin < 0) continue;
        last.set(key, times.at(-1)!);
        yield { labels, times: times.subarray(begin), values: values.subarray(begin) };
      }
      start = end + 1;
      told((owner + (start - from) / (to - from + 1)) / needed.length, text);
    }
  }
}

/** Selectors without those that another one finds all of. */
function widest(all: readonly (readonly Matcher[])[]): readonly (readonly Matcher[])[] {
  const unique = [...new Map(all.map((matchers) => [selectorText(matchers), matchers])).entries()];
  const sets = unique.map(([, matchers]) => ({ matchers, texts: new Set(matchers.map(matcherText)) }));
  return sets
    .filter(
      (one) =>
        !sets.some(
          (other) => other.texts.size < one.texts.size && [...other.texts].every((text) => one.texts.has(text)),
        ),
    )
    .map(({ matchers }) => matchers);
}

const matcherText = ({ label, op, value }: Matcher) => `${label}${op}${JSON.stringify(value)}`;
const selectorText = (matchers: readonly Matcher[]) => `{${matchers.map(matcherText).sort().join(",")}}`;

async function ask(address: string, query: string, time: number, mayShrink: boolean): Promise<Buffer | "too much"> {
  const { origin, pathname, username, password } = new URL(address);
  const place = `${origin}${pathname.replace(/\/$/, "")}`;
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  const refuse = (message: string, hint: string) => {
    const diagnostic: Diagnostic = { code: "data-unreachable", severity: "error", path: place, message, hint };
    return new DiagnosticsError([diagnostic]);
  };
  const answer = await fetch(`${place}/api/v1/query`, {
    method: "POST",
    body: new URLSearchParams({ query, time: `${time / 1000}` }),
    headers: username ? { authorization: `Basic ${login}` } : {},
  }).catch((error: Error) => {
    const { code, message } = (error.cause as { code?: string; message?: string } | undefined) ?? {};
    throw refuse(
      `it does not answer: ${code ?? message ?? error.message}`,
      "start it, or give the address that it has",
    );
  });
  const body = Buffer.from(await answer.arrayBuffer());
  if (answer.ok && body.subarray(0, 300).includes('"resultType":"matrix"')) return body;
  if (answer.ok) throw refuse("it does not answer as Prometheus does", "give the address of a Prometheus server");
  const quoted = /"error":("(?:[^"\\]|\\.)*")/.exec(body.toString("utf8", 0, 4000))?.[1];
  const said = quoted && (JSON.parse(quoted) as string);
  if (mayShrink && /too many samples|timed? ?out|too large|limit/i.test(said ?? "")) return "too much";
  throw refuse(
    `it answers HTTP ${answer.status}${said ? `: ${said}` : ""}`,
    "give the address that Prometheus answers at",
  );
}
