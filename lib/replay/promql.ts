// Its types describe an ES module, though it can be required.
type Grammar = typeof import("@prometheus-io/lezer-promql", { with: { "resolution-mode": "import" }});
const { parser }: Grammar = require("@prometheus-io/lezer-promql");

/** A query's syntax, by the grammar of Prometheus's own web page. */
export const parsePromql = (query: string) => parser.parse(query);

export type Node = ReturnType<typeof parsePromql>["topNode"];
