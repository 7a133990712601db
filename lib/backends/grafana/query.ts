import { chosenDataSource, type Target } from "./json-model";

export interface Query {
  readonly expr: string;
  readonly legend: string;
  /** Smallest step, as Grafana reads it: `15s`. Default: the data source's. */
  readonly step?: string | undefined;
}

/** Grafana names queries A to Z, then AA. */
const refId = (index: number): string =>
  (index < 26 ? "" : refId(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

export const targetsOf = (queries: readonly Query[], { instant }: { readonly instant: boolean }): Target[] =>
  queries.map(({ expr, legend, step }, index) => ({
    refId: refId(index),
    datasource: chosenDataSource,
    expr,
    legendFormat: legend,
    editorMode: "code",
    instant,
    range: !instant,
    ...(step !== undefined && { interval: step }),
  }));
