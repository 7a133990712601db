import { hours, minutes } from "@watchbill/model";
import { datadog } from "../../../../lib/backends/datadog";
import { monitoring } from "../../../../services/monitoring";
import { environment, shop } from "./shop";

/** What Datadog tells of the targets of a shop, beside a service that Datadog does without. */
const told = (changes: Parameters<typeof environment>[1] = {}, more: Parameters<typeof shop>[1] = {}) => {
  const watched = shop([], more);
  const { data, diagnostics } = datadog({
    environment: environment([watched, monitoring], changes),
    services: [watched],
  });
  expect(diagnostics).toEqual([]);
  return data.monitors.filter(({ type }) => type === "service check");
};

describe("an alert on targets that can't be scraped", () => {
  test("is told by the Agent's own check, target by target, though Datadog does without who declares it", () => {
    const [monitor, ...others] = told();
    expect(others).toEqual([]);
    expect(monitor).toMatchObject({
      key: "shop-TargetDown",
      name: "[shop/production] A target can't be scraped",
      query:
        '"shop.openmetrics.health".over("env:production","service:shop").by("instance").last(21).count_by_status()',
      thresholds: { critical: 20, ok: 1, warning: 20 },
      priority: 2,
      notifyNoData: true,
      noDataTimeframe: 10,
    });
    expect(monitor?.message).toContain("{{instance.name}} of shop gives no metrics");
    expect(monitor?.message).toContain("{{#is_no_data}}\nThere is no data any more");
    expect(monitor?.message).toContain("[Runbook](https://runbooks.example.com/target-down.md)");
    expect(monitor?.message).toMatch(/@slack-alerts$/);
  });

  test("is told as it is tuned, as far as results reach back", () => {
    const tuned = told({ tune: { monitoring: { TargetDown: { for: minutes(2), severity: "critical" } } } })[0];
    expect(tuned).toMatchObject({ priority: 1, thresholds: { critical: 8, ok: 1, warning: 8 } });
    expect(told({ tune: { monitoring: { TargetDown: { for: hours(2) } } } })[0]?.query).toContain(".last(100)");
  });

  test("needs a target that is read, and an alert", () => {
    expect(told({ at: { shop: { url: "https://shop.example.com", targets: { service: [] } } } })).toEqual([]);
    const watched = shop([]);
    expect(
      datadog({ environment: environment([watched]), services: [watched] }).data.monitors.filter(
        ({ type }) => type === "service check",
      ),
    ).toEqual([]);
  });
});
