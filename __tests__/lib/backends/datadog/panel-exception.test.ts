import { dashboard, gauge, pack, panel, type Service, sum } from "@watchbill/model";
import { datadog } from "../../../../lib/backends/datadog";
import { environmentWith, shopWith } from "../../../support/declarations";

const main = dashboard("main", { title: "Main", question: "Well?", sections: ["All"] });
const shown = (id: string, of: ReturnType<typeof sum>, except?: string) =>
  panel(id, {
    title: id,
    description: "Shows it.",
    on: "main",
    section: "All",
    series: [{ legend: "", of }],
    ...(except !== undefined && { except: { datadog: except } }),
  });
const doors = sum(gauge("open", { unit: "doors" }));
const recorded = sum(gauge("job:open:usual", { unit: "doors" }));

const made = (...panels: ReturnType<typeof panel>[]) => {
  const shop = shopWith([], { watch: [pack("doors", { panels })] as unknown as Service["watch"] });
  const { data, diagnostics } = datadog({
    environment: environmentWith([shop], { dashboards: [main] }),
    services: [shop],
  });
  return {
    drawn: JSON.stringify(data.dashboards),
    said: diagnostics.map(({ code, severity, path }) => [severity, code, path]),
  };
};

test("a panel that Datadog can't draw is left out with a warning, and without one where it says why", () => {
  const { drawn, said } = made(shown("doors", doors), shown("usual", recorded));
  expect(drawn).toContain('"title":"doors"');
  expect(drawn).not.toContain('"title":"usual"');
  expect(said).toEqual([["warning", "datadog-inexpressible", "test/shop/usual"]]);
  expect(made(shown("doors", doors), shown("usual", recorded, "it learns that by itself")).said).toEqual([]);
});

test("a panel that is kept from Datadog and needn't be is a mistake", () => {
  expect(made(shown("doors", doors, "why not")).said).toEqual([["error", "stale-exception", "test/shop/doors"]]);
});
