// Its types describe an ES module, though it can be required.
type Grammar = typeof import("@prometheus-io/lezer-promql", { with: { "resolution-mode": "import" }});
const { parser }: Grammar = require("@prometheus-io/lezer-promql");

/** A query as Prometheus' own grammar reads it. */
export interface ReadQuery {
  /** Texts that the grammar has no place for; none in a query that is valid. */
  readonly errors: readonly string[];
  readonly metrics: readonly string[];
  readonly selectors: readonly string[];
  /** Functions over a window, each with its window: `rate 5m`. */
  readonly windows: readonly string[];
}

/** Stands for a window that Grafana fills in; as long as no window that anybody writes. */
export const rateInterval = "8869990787ms";

/** The query with Grafana's own variables filled in; those within quotes are plain text to PromQL. */
export const filledIn = (query: string) =>
  query.replaceAll("$__rate_interval", rateInterval).replaceAll("$__interval", "1h");

export function readQuery(query: string): ReadQuery {
  const [errors, metrics, selectors, windows]: string[][] = [[], [], [], []];
  const functions: string[] = [];
  parser.parse(query).iterate({
    enter: ({ name, type, from, to, node }) => {
      const text = query.slice(from, to);
      if (type.isError) errors?.push(`${query.slice(0, from)}⟨here⟩${query.slice(from)}`);
      if (name === "FunctionIdentifier") functions.push(text);
      if (name === "VectorSelector") selectors?.push(text);
      if (name === "Identifier" && node.parent?.name === "VectorSelector") metrics?.push(text);
      if (name === "MatrixSelector") windows?.push(`${functions.at(-1)} ${text.slice(text.lastIndexOf("[") + 1, -1)}`);
    },
  });
  return { errors: errors ?? [], metrics: metrics ?? [], selectors: selectors ?? [], windows: windows ?? [] };
}
