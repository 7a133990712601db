import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { local } from "../../../environments/local";
import { awaitScrapes } from "../../../lib/cli/first-scrape";
import { nodeExporter } from "../../support/real-servers";

test("a sample of an earlier run is no scrape", async () => {
  const asked: string[] = [];
  const prometheus = createServer(({ url = "" }, response) => {
    asked.push(new URL(url, "http://prometheus").searchParams.get("query")!);
    response.end(asked.length > 1 ? '{"data":{"result":[{"value":[0,"1"]}]}}' : '{"data":{"result":[]}}');
  });
  await new Promise<void>((resolve) => prometheus.listen(0, "127.0.0.1", () => resolve()));
  const { port } = prometheus.address() as AddressInfo;
  const server = { ...nodeExporter(port), name: "prometheus" };
  const outcome = await awaitScrapes(local, "/nowhere", [server], 1_700_000_000_500);
  expect(outcome).toEqual({ ok: true, said: "Prometheus scrapes tickets" });
  expect(new Set(asked)).toEqual(new Set(['up{job="tickets"} == 1 and timestamp(up{job="tickets"}) > 1700000000.5']));
  expect(asked).toHaveLength(2);
  await new Promise((resolve) => prometheus.close(resolve));
});
