import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { faultNames } from "../../../examples/ticket-shop/src/faults";
import { alertOf, checkedFaults, faultFile, faultsOn } from "../../../lib/cli/faults";
import { burnAlertId } from "../../../lib/conventions";
import type { Server } from "../../../lib/runtime/server";
import { tickets } from "../../../services/tickets";
import { nodeExporter, temporaryState } from "../../support/real-servers";

const { state, remove } = temporaryState();
afterAll(remove);

const shop: Server = {
  ...nodeExporter(3000),
  name: "shop",
  keepsData: true,
  environment: { SHOP_FAULTS_FILE: "{data}/faults.json" },
};
const file = join(state, "data/shop/faults.json");

test("every fault is expected to set off an alert that the service declares", () => {
  const declared = [...tickets.watch.flatMap((pack) => pack.alerts.map(({ id }) => id)), burnAlertId(true)];
  expect(Object.keys(alertOf).sort()).toEqual(Object.keys(faultNames).sort());
  for (const alert of Object.values(alertOf)) expect(declared).toContain(alert);
});

test("unknown faults are all named, with those that there are", () => {
  const known = "there are errors, latency, payments, database, disconnects, no-sales, down";
  expect(() => checkedFaults(["paymnts", "errors", "boo"])).toThrow(
    `error unknown-fault [shop]: there is no fault "paymnts" → ${known}\n` +
      `error unknown-fault [shop]: there is no fault "boo" → ${known}`,
  );
  expect(checkedFaults(["errors", "down"])).toEqual(["errors", "down"]);
});

test("without a shop that is up there is nothing to break", () => {
  expect(() => faultFile("local", state, [nodeExporter(9100)])).toThrow(
    "error no-shop [local]: no ticket shop is up here → npm run up",
  );
  expect(faultsOn("local", state, [])).toEqual([]);
});

test("the file is where the shop was told it is, and replaced in one go", () => {
  const faults = faultFile("local", state, [nodeExporter(9100), shop]);
  expect(faults.read()).toEqual(new Set());
  faults.write(new Set(["payments", "errors"]));
  expect(readFileSync(file, "utf8")).toBe('{"faults":["errors","payments"]}\n');
  expect(readdirSync(dirname(file))).toEqual(["faults.json"]);
  expect(faultsOn("local", state, [shop])).toEqual(["errors", "payments"]);
});

test("a damaged file counts as no faults, and the next write mends it", () => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "{");
  const faults = faultFile("local", state, [shop]);
  expect(faults.read()).toEqual(new Set());
  faults.write(new Set());
  expect(readFileSync(file, "utf8")).toBe('{"faults":[]}\n');
});
