import { parseMatrix, type Row } from "./matrix";
import { type Prometheus, QueryError } from "./prometheus";

/** Prometheus gives 11,000 points a series at most. */
const mostPoints = 11_000;

/** The evaluations of a rule: at each multiple of the interval from one to the other, both included; milliseconds. */
export interface Grid {
  readonly first: number;
  readonly last: number;
  readonly interval: number;
}

/** All multiples of the interval within a span. The phase of Prometheus's groups is a hash of their names; ours is none. */
export const gridOf = (from: number, to: number, interval: number): Grid => ({
  first: Math.ceil(from / interval) * interval,
  last: Math.floor(to / interval) * interval,
  interval,
});

export const stepsOf = ({ first, last, interval }: Grid) => Math.max(0, Math.round((last - first) / interval) + 1);

/** For each evaluation `timestamp()` decodes anew what its query has before it, so that its pieces are short. */
const pointsOf = (query: string) => (/\btimestamp\s*\(/.test(query) ? mostPoints / 25 : mostPoints);

/** So often a query may fail while it is found out at which evaluations it does. */
const mostFailures = 60;

interface Piece {
  readonly grid: Grid;
  /** As many as there are label sets with a sample. */
  readonly rows: readonly Row[];
  /** Why there are none: the evaluations fail. */
  readonly failure?: QueryError;
}

/**
 * One query over a grid, piece by piece in the order of time. A piece that fails is asked again by halves, so that an hour
 * of data that the query can't work with does not cost a month.
 *
 * @param needed a cheaper query, whose results say when the other one may have any
 */
export async function* rangeOf(
  prometheus: Prometheus,
  query: string,
  { first, last, interval }: Grid,
  needed = query,
): AsyncGenerator<Piece> {
  let failures = 0;
  const ask = async (of: string, from: number, to: number) => {
    const times = { start: `${from / 1000}`, end: `${to / 1000}`, step: `${interval / 1000}` };
    return parseMatrix(await prometheus.ask("/api/v1/query_range", { query: of, ...times }));
  };
  const rowsOf = async ({ first: from, last: to }: Grid) => {
    const rows = await ask(needed, from, to);
    if (needed === query || rows.length === 0) return rows;
    const begin = Math.min(...rows.map(({ times }) => times[0]!));
    return ask(query, begin, Math.max(...rows.map(({ times }) => times.at(-1)!)));
  };
  async function* within(grid: Grid): AsyncGenerator<Piece> {
    try {
      yield { grid, rows: await rowsOf(grid) };
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      const steps = stepsOf(grid);
      if (steps === 1 || ++failures > mostFailures) {
        yield { grid, rows: [], failure: error };
        return;
      }
      const half = grid.first + Math.floor(steps / 2) * interval;
      yield* within({ ...grid, last: half - interval });
      yield* within({ ...grid, first: half });
    }
  }
  const length = pointsOf(query) * interval;
  for (let from = first; from <= last; from += length) {
    yield* within({ first: from, last: Math.min(last, from + length - interval), interval });
  }
}
