import { spawn } from "node:child_process";
import { once } from "node:events";
import { withLock } from "../../../../lib/runtime/processes/lock";
import { temporaryState } from "../../../support/real-servers";

const { state, remove } = temporaryState();
afterAll(remove);

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Takes the lock in a process of its own, and keeps it until that ends. */
async function holder(what: string) {
  const script = `require("./lib/runtime/processes/lock").withLock(${JSON.stringify(state)}, ${JSON.stringify(what)}, async () => {
    console.log("held");
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  })`;
  const child = spawn(process.execPath, ["--require", "tsx/cjs", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout!, "data");
  return child;
}

test("of many at once, one works at a time", async () => {
  let [now, most] = [0, 0];
  const work = async () => {
    most = Math.max(most, ++now);
    await pause(5);
    now -= 1;
  };
  await Promise.all(Array.from({ length: 10 }, () => withLock(state, "one", work)));
  expect(most).toBe(1);
});

test("it is given back when the work fails, and another name or folder does not wait for it", async () => {
  const failing = withLock(state, "one", () => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  const inner = () => withLock(state, "two", () => withLock(`${state}2`, "one", async () => "done"));
  expect(await withLock(state, "one", inner)).toBe("done");
});

test("one that was killed holds nothing any more", async () => {
  const child = await holder("killed");
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await withLock(state, "killed", async () => "done", 0)).toBe("done");
});

test("who holds it for too long is named", async () => {
  const child = await holder("server shop");
  await expect(withLock(state, "server shop", async () => "done", 50)).rejects.toThrow(
    new RegExp(
      `^error state-locked \\[server shop\\]: ${state}: process ${child.pid} \\(.*node .*\\) has been at work on it ` +
        `for too long → wait until it has ended, or end it \\(kill ${child.pid}\\)$`,
      "s",
    ),
  );
  child.kill("SIGKILL");
});
