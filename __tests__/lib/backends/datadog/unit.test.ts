import { environments } from "../../../../environments";
import { LONGEST_LABEL, numberFormat } from "../../../../lib/backends/datadog/unit";
import { unitOf } from "../../../../lib/panels/limits";

const known = (unit_name: string, per_unit_name?: string) => ({
  unit: { type: "canonical_unit", unit_name, ...(per_unit_name && { per_unit_name }) },
});
const own = (label: string) => ({ unit: { type: "custom_unit_label", label } });

describe("the unit of a widget", () => {
  test.each([
    ["ratio", known("fraction")],
    ["seconds", known("second")],
    ["bytes/second", known("byte", "second")],
    ["transactions/second", known("transaction", "second")],
    ["connections/second", known("connection", "second")],
    ["queries", known("query")],
    ["errors/minute", known("error", "minute")],
    ["orders/second", own("orders/s")],
    ["naira/hour", own("naira/h")],
    ["dollars/orders", own("dollar/order")],
    ["notifications", own("notification")],
    ["notifications/second", own("notificat./s")],
    ["evaluations/second", own("evaluation/s")],
    ["subscriptions/subscriptions", own("subscriptio.")],
    ["series/second", own("series/s")],
  ])("%s", (unit, expected) => {
    expect(numberFormat(unit)).toEqual(expected);
  });

  test("is no longer than the API takes, whatever is declared", () => {
    const declared = environments.flatMap(({ services }) =>
      services.flatMap(({ watch }) => watch.flatMap(({ panels }) => panels.map(unitOf))),
    );
    const labels = [...declared, "subscriptions/customers", "subscriptions/subscriptions"].flatMap((unit) => {
      const { unit: written } = numberFormat(unit);
      return "label" in written ? [written.label] : [];
    });
    expect(labels.filter((label) => (label ?? "").length > LONGEST_LABEL)).toEqual([]);
    expect(labels.length).toBeGreaterThan(10);
  });
});
