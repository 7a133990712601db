import { registerMetrics } from "../../../examples/ticket-shop/src/metrics";
import { tickets } from "../../../services/tickets";

const declared = Object.values(tickets.metrics).filter(({ source }) => source === "service");
const exposed = registerMetrics().registry.getMetricsAsJSON();

interface Exposed {
  readonly name: string;
  readonly type: string;
  readonly values: readonly { readonly labels: Readonly<Record<string, string | number>> }[];
}

describe.each(declared.map((metric) => [metric.name, metric] as const))("%s", (name, metric) => {
  const find = async () => ((await exposed) as unknown as Exposed[]).find((one) => one.name === name);

  test("is exposed as it is declared for the service: kind, labels, values, buckets", async () => {
    const found = await find();
    expect(found?.type).toBe(metric.kind);
    const labels = found!.values.map(({ labels }) => labels);
    for (const each of labels) {
      const { le: _, ...own } = each;
      expect(Object.keys(own).sort()).toEqual(Object.keys(metric.labels).sort());
    }
    for (const [label, allowed] of Object.entries(metric.labels)) {
      const values = [...new Set(labels.map((each) => String(each[label])))];
      if (Array.isArray(allowed)) expect(allowed).toEqual(expect.arrayContaining(values));
      else expect(values.length).toBeLessThanOrEqual((allowed as { atMost: number }).atMost);
    }
    const bounds = [...new Set(labels.flatMap(({ le }) => (typeof le === "number" ? [le] : [])))];
    expect(bounds).toEqual(metric.buckets);
  });
});
