import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { FaultSwitch, followFaultsFile } from "../../../examples/ticket-shop/src/fault-switch";

test("a listener is told the state as it is, and then only of changes", () => {
  const faults = new FaultSwitch();
  const told: boolean[] = [];
  faults.set(["errors"]);
  faults.follow("down", (on) => told.push(on));
  faults.set(["errors", "down"]);
  faults.set(["down"]);
  faults.set([]);
  expect(told).toEqual([false, true, false]);
});

describe("a switch that follows a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "faults-"));
  const file = join(folder, "faults.json");
  let lines: string[] = [];
  let stop = () => {};
  const follow = () => {
    lines = [];
    const faults = new FaultSwitch();
    stop = followFaultsFile(file, faults, (line) => lines.push(line.replace(file, "faults.json")));
    return faults;
  };
  afterEach(() => {
    stop();
    rmSync(file, { force: true });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("has what the file says from the start", () => {
    writeFileSync(file, '{"faults": ["latency"]}');
    expect(follow().list()).toEqual(["latency"]);
    expect(lines).toEqual(["faults: latency"]);
  });

  test("has no faults without the file, and changes within 200 ms once it is there and once it is gone", async () => {
    const faults = follow();
    expect(faults.list()).toEqual([]);
    writeFileSync(file, '{"faults": ["no-sales", "errors"]}');
    await sleep(200);
    expect(faults.list()).toEqual(["errors", "no-sales"]);
    rmSync(file);
    await sleep(200);
    expect(faults.list()).toEqual([]);
    expect(lines).toEqual(["faults: errors, no-sales", "faults: none, all is mended"]);
  });

  test("keeps the last good faults when the file is damaged, and says so once", async () => {
    writeFileSync(file, '{"faults": ["payments"]}');
    const faults = follow();
    writeFileSync(file, '{"faults": ["pay');
    await sleep(350);
    expect(faults.list()).toEqual(["payments"]);
    expect(lines).toEqual(["faults: payments", "faults.json: it is not JSON; faults stay as they were (payments)"]);
  });

  test("takes an empty file for a damaged one: that is what a file looks like while it is written", async () => {
    writeFileSync(file, '{"faults": ["payments"]}');
    const faults = follow();
    writeFileSync(file, "");
    await sleep(200);
    expect(faults.list()).toEqual(["payments"]);
  });
});
