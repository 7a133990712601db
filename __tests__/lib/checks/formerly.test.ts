import { formatDiagnostic, formerCombinations, keptName, type Service } from "@watchbill/model";
import { renames } from "../../../lib/checks/formerly";
import { environmentWith, errorsHigh, shopWith } from "../../support/declarations";

const said = (...services: readonly Service[]) =>
  renames({ environment: environmentWith(services), services }, { runbooks: new Set() }).map((one) =>
    formatDiagnostic(one).replace(/ __tests__\S+/, ""),
  );

test("a rename, and a chain of them, is in order", () => {
  expect(said(shopWith([errorsHigh({ formerly: "ErrorsMany" })], { formerly: ["tickets", "box-office"] }))).toEqual([]);
});

test.each<[string, readonly Service[], string]>([
  [
    "a service that exists still",
    [shopWith([], { formerly: "tickets" }), shopWith([], { name: "tickets" })],
    'error formerly-exists [shop/formerly]: shop was "tickets", and there is a service "tickets" still → remove it from `formerly`, or give the other another name',
  ],
  [
    "an alert's own name",
    [shopWith([errorsHigh({ formerly: "ErrorsHigh" })])],
    'error formerly-exists [shop/ErrorsHigh/formerly]: ErrorsHigh was "ErrorsHigh", and there is an alert "ErrorsHigh" still → remove it from `formerly`, or give the other another name',
  ],
  [
    "one name that two had",
    [shopWith([], { formerly: "tickets" }), shopWith([], { name: "store", formerly: "tickets" })],
    'error formerly-twice [store/formerly]: "tickets" became shop already → name it once, where its history shall go',
  ],
  [
    "a name that nothing can have had",
    [shopWith([], { formerly: "the shop" })],
    "error formerly-name [shop/formerly]: the shop can't have been its name → write it as it was",
  ],
])("%s is one line", (_, services, line) => {
  expect(said(...services)).toEqual([line]);
});

test("what keeps a name keeps the first, and every combination of former names can have been", () => {
  const service = { name: "c", formerly: ["a", "b"] };
  expect(keptName(service)).toBe("a");
  const part = { name: "Y", formerly: "X" };
  const join = (whole: string, of: string) => `${whole}-${of}`;
  expect(formerCombinations(service, part, join)).toEqual(["a-X", "a-Y", "b-X", "b-Y", "c-X"]);
});
