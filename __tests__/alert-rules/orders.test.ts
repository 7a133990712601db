import { inkwave } from "../../services/inkwave";
import { environmentWith } from "../support/declarations";
import { complaintOf, type RuleCase } from "../support/rule-test";

const watched = environmentWith([inkwave]);
const orders = (placed: string, failed: string) => ({
  'orders_created_total{job="inkwave",instance="a",status="placed"}': placed,
  'orders_created_total{job="inkwave",instance="a",status="failed"}': failed,
});
const alert = "OrderFailureRatioHigh";

test.each<[string, RuleCase]>([
  ["one order in ten can't be placed", { series: orders("0+9x240", "0+1x240"), alert, at: "11m", fires: 1 }],
  ["one order in fifty can't be placed", { series: orders("0+49x240", "0+1x240"), alert, at: "20m", fires: 0 }],
  ["the only order of a quiet hour", { series: orders("0x240", "0x20 1x200"), alert, at: "11m", fires: 0 }],
])("%s", (_, one) => {
  expect(complaintOf(watched, one)).toBe("");
});
