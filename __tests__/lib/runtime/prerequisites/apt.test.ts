import { tmpdir } from "node:os";
import { join } from "node:path";
import { aptInstall, aptWords, type Run } from "../../../../lib/runtime/prerequisites/apt";

/** An apt-get that answers as told, one answer a run, and notes what it was asked. */
function scripted(...answers: readonly (readonly [code: number, printed: string])[]) {
  const asked: string[] = [];
  const left = [...answers];
  const run: Run = async (command, words) => {
    asked.push([command, ...words.filter((word) => !/^-[oyq]|Lock::/.test(word))].join(" "));
    if (command !== "apt-get" || words.includes("update")) return { code: 0, printed: unitsOf(words.at(-1)!) };
    const [code, printed] = left.shift() ?? [0, ""];
    return { code, printed };
  };
  return { asked, run };
}

const unitsOf = (name: string) => `/.\n/lib/systemd/system/${name}.service\n/lib/systemd/system/${name}@.service\n`;
const policy = { policyFile: join(tmpdir(), `watchbill-policy-${process.pid}`) };
const installed = "apt-get install --no-install-recommends";

test("only what is missing is installed, and its services are kept from coming at the next boot", async () => {
  const { asked, run } = scripted([0, ""]);
  expect(await aptInstall(["prometheus"], { run, ...policy })).toBeUndefined();
  expect(asked.filter((line) => !line.endsWith("update"))).toEqual([
    `${installed} prometheus`,
    "dpkg -L prometheus",
    "systemctl disable --quiet prometheus.service",
  ]);
});

test("a package that is not found is looked for again in fresh lists", async () => {
  const { asked, run } = scripted([100, "E: Unable to locate package prometheus\n"], [0, ""]);
  expect(await aptInstall(["prometheus"], { run, ...policy })).toBeUndefined();
  expect(
    asked.slice(asked.indexOf(`${installed} prometheus`), asked.lastIndexOf(`${installed} prometheus`) + 1),
  ).toEqual([`${installed} prometheus`, "apt-get update", `${installed} prometheus`]);
});

test("when it fails for good, apt's own complaint is given", async () => {
  const complaint = "Reading package lists...\nE: Unable to locate package prometheus\nE: more\n";
  const { asked, run } = scripted([100, complaint], [100, complaint]);
  expect(await aptInstall(["prometheus"], { run, ...policy })).toBe("Unable to locate package prometheus");
  expect(asked.some((line) => line.startsWith("systemctl"))).toBe(false);
});

test("without a complaint of apt's, the last line is given", () => {
  expect(aptWords("one\nKilled\n")).toBe("Killed");
});
