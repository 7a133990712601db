import { atMost, gauge } from "@watchbill/model";
import { parse } from "yaml";
import { metrics, watched } from "./shop";

const at = {
  shop: {
    url: "https://shop.example.com",
    targets: { service: ["shop-2:3000", "shop-1:3000"], postgres: ["shop-1:9187"], node: ["shop-1:9100"] },
  },
};
const filesOf = (changes: Parameters<typeof watched>[1] = {}) =>
  watched([], { ...changes, environment: { at, ...changes.environment } }).files;
const instancesOf = (changes: Parameters<typeof watched>[1] = {}) =>
  parse(filesOf(changes)["datadog/agent/openmetrics.yaml"] ?? "").instances;

describe("the Agent's OpenMetrics check", () => {
  test("reads exactly the declared metrics of each target, counters without their ending", () => {
    expect(instancesOf()).toEqual(
      ["shop-1:3000", "shop-2:3000"].map((target) => ({
        openmetrics_endpoint: `http://${target}/metrics`,
        namespace: "shop",
        metrics: [
          "answer_seconds",
          "connections_lost",
          "connections_open",
          "http_request_duration_seconds",
          "http_requests",
          "orders",
        ],
        histogram_buckets_as_distributions: true,
        tag_by_endpoint: false,
        max_returned_metrics: 13_256,
        min_collection_interval: 15,
        tags: ["env:production", `instance:${target}`, "service:shop", "team:commerce"],
      })),
    );
  });

  test("returns all series that the metrics may have, and no fewer than by itself", () => {
    const most = (labels: Parameters<typeof gauge>[1]["labels"]) =>
      instancesOf({
        service: { metrics: { open: gauge("rooms_open", { unit: "rooms", ...(labels && { labels }) }) } },
      })[0].max_returned_metrics;
    expect(most({ room: atMost(3000) })).toBe(3000);
    expect(most({ room: atMost(10) })).toBe(2000);
  });

  test("reads exporters of what the service declares, but not of machines and checks", () => {
    const up = gauge("pg_up", { unit: "databases", from: "postgres" });
    const load = gauge("node_load1", { unit: "processes", from: "node" });
    const instances = instancesOf({ service: { metrics: { up, load, open: metrics.open } } });
    expect(instances).toHaveLength(3);
    expect(instances[2]).toMatchObject({ openmetrics_endpoint: "http://shop-1:9187/metrics", metrics: ["pg_up"] });
  });

  test("knows a service by a name that a metric's can begin with", () => {
    expect(
      instancesOf({ service: { name: "boulder-fest" }, environment: { at: { "boulder-fest": at.shop } } })[0],
    ).toMatchObject({
      namespace: "boulder_fest",
      tags: expect.arrayContaining(["service:boulder-fest"]),
    });
  });
});

test("disks are tagged by mount point, and machines by what runs on them", () => {
  const files = filesOf();
  expect(parse(files["datadog/agent/disk.yaml"] ?? "").instances).toEqual([
    { file_system_exclude: expect.arrayContaining(["tmpfs$"]), use_mount: true },
  ]);
  expect(files["datadog/agent/hosts/shop.env"]?.split("\n").slice(1)).toEqual([
    "DD_ENV=production",
    "DD_TAGS=service:shop team:commerce",
    "",
  ]);
});

test("distributions keep percentiles, and the tags that they are asked by", () => {
  expect(watched([]).data.distributions).toEqual([
    {
      key: "shop-answer_seconds",
      metric: "shop.answer_seconds",
      tags: ["env", "instance", "route", "service", "team"],
      percentiles: true,
    },
    {
      key: "shop-http_request_duration_seconds",
      metric: "shop.http_request_duration_seconds",
      tags: ["env", "instance", "method", "route", "service", "team"],
      percentiles: true,
    },
  ]);
});
