import { syncup } from "../../services/syncup";
import { environmentWith } from "../support/declarations";
import { complaintOf, type RuleCase } from "../support/rule-test";

const watched = environmentWith([syncup]);
const newTypes = (values: string) => ({ 'error_types_new_total{job="syncup",instance="a"}': values });
const fatal = (values: string) => ({ 'fatal_errors_total{job="syncup",instance="a"}': values });

test.each<[string, RuleCase]>([
  ["an error of a new type is noted", { series: newTypes("0x20 1x200"), alert: "NewErrorType", at: "6m", fires: 1 }],
  ["a fatal error is noted", { series: fatal("0x20 1x200"), alert: "FatalErrors", at: "6m", fires: 1 }],
  ["fatal errors of yesterday", { series: fatal("3x240"), alert: "FatalErrors", at: "6m", fires: 0 }],
  ["only errors of known types are noted", { series: newTypes("3x240"), alert: "NewErrorType", at: "6m", fires: 0 }],
  [
    "five minutes later it is no longer new",
    { series: newTypes("0x20 1x200"), alert: "NewErrorType", at: "12m", fires: 0 },
  ],
])("%s", (_, one) => {
  expect(complaintOf(watched, one)).toBe("");
});
