import {
  above,
  type Environment,
  formatDiagnostic,
  fromVariable,
  httpServerMetrics,
  percent,
  rate,
  ratio,
  seconds,
} from "@watchbill/model";
import type { Surroundings } from "../../../lib/checks/check";
import { settleVariables } from "../../../lib/checks/variables";
import { compile } from "../../../lib/compile";
import { environmentWith, errorsHigh, shopWith } from "../../support/declarations";

const { requests } = httpServerMetrics;
const limit = fromVariable("ERROR_RATE_THRESHOLD", {
  bare: "ratio",
  default: percent(5),
  between: [percent(0.1), percent(50)],
});
const errors = errorsHigh({
  when: above(ratio(rate(requests.where({ status: /5../ })), rate(requests)), limit),
  for: fromVariable("ERRORS_FOR", { bare: "minutes", default: seconds(60), between: [seconds(30), seconds(600)] }),
});
const test_ = (changes: Partial<Environment> = {}) => environmentWith([shopWith([errors])], changes);

const given = (file: Record<string, string>, command: Record<string, string> = {}): Surroundings => ({
  runbooks: new Set(["errors-high"]),
  variables: () =>
    new Map(Object.entries(file).map(([name, text], index) => [name, { text, at: `test.env:${index + 1}` }])),
  command,
});
const said = (around: Surroundings) =>
  settleVariables(test_(), around).diagnostics.map((one) => formatDiagnostic(one).replace(/(\.test\.ts):\d+/g, "$1"));
const rules = (around: Surroundings) => compile(test_(), around).files["prometheus/rules/shop.yml"];

test("what the file sets is in the rules, wherever a quantity stands", () => {
  expect(rules(given({}))).toContain("> 0.05");
  expect(rules(given({ ERROR_RATE_THRESHOLD: "2%", ERRORS_FOR: "3" }))).toMatch(/> 0\.02[\s\S]*for: 3m/);
});

test("the command's environment stands in for the file, and that is said", () => {
  const around = given({ ERROR_RATE_THRESHOLD: "2%" }, { ERROR_RATE_THRESHOLD: "3%" });
  expect(rules(around)).toContain("> 0.03");
  expect(said(around)).toEqual([
    "warning variable-override the command's environment [test/ERROR_RATE_THRESHOLD]: ERROR_RATE_THRESHOLD is 3% for this command alone; manifests/ do not show it → write it into environments/test.env to keep it, or unset it",
  ]);
  expect(said(given({ ERROR_RATE_THRESHOLD: "2%" }, { ERROR_RATE_THRESHOLD: "0.02" }))).toEqual([]);
});

test("a declaration without variables stays the very same", () => {
  const environment = environmentWith([shopWith([errorsHigh()])]);
  expect(settleVariables(environment, given({})).environment).toBe(environment);
});

test("all that is wrong is said at once, each with its place and the way out", () => {
  expect(said(given({ ERROR_RATE_THRESHOLD: "high", ERRORS_FOR: "5%", EROR_RATE_THRESHOLD: "1" }))).toEqual(
    [
      'error variable-unit test.env:2 [test/ERRORS_FOR]: ERRORS_FOR is "5%", and that is no unit of seconds → write it in one of ms, milliseconds, s, seconds, min, m, minutes, h and d; without a unit it is read as minutes',
      'error variable-number test.env:1 [test/ERROR_RATE_THRESHOLD]: ERROR_RATE_THRESHOLD is "high", which is no number → write 5%',
      "error variable-unread test.env:3 [test/EROR_RATE_THRESHOLD]: EROR_RATE_THRESHOLD is set, and nothing reads it → name one of ERRORS_FOR and ERROR_RATE_THRESHOLD, or remove it",
    ].map((line) => expect.stringContaining(line)),
  );
  expect(said(given({ ERROR_RATE_THRESHOLD: "80" }))).toEqual([
    'error variable-range test.env:1 [test/ERROR_RATE_THRESHOLD]: ERROR_RATE_THRESHOLD is "80", which is not between 0.1% and 50% → a number without a unit is read as ratio; or change `between` at __tests__/lib/checks/variables.test.ts',
  ]);
});

test("one name is declared in one way, and its default fits", () => {
  const other = fromVariable("ERROR_RATE_THRESHOLD", {
    bare: "percent",
    default: percent(60),
    between: [percent(0.1), percent(50)],
  });
  const of = (threshold: typeof limit) => errorsHigh({ when: above(ratio(rate(requests), rate(requests)), threshold) });
  const codes = (...alerts: ReturnType<typeof of>[]) =>
    settleVariables(environmentWith([shopWith(alerts)]), given({})).diagnostics.map(({ code }) => code);
  expect(codes(of(limit), of(limit))).toEqual([]);
  expect(codes(of(limit), of(other))).toEqual(["variable-twice"]);
  expect(codes(of(other))).toEqual(["variable-range"]);
});
