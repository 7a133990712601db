import { formatDiagnostic } from "@watchbill/model";
import {
  installPackages,
  isDebian,
  type Machine,
  missingPackages,
  neededPackages,
  trialPackages,
} from "../../../../lib/runtime/prerequisites/packages";

const debian: Machine = { osRelease: 'ID=debian\nVERSION_ID="12"\n', isRoot: false };
const install = async (machine: Machine) => {
  const say = () => {
    throw new Error("nothing is to be installed");
  };
  const mistakes = await installPackages(["prometheus", "supervisor"], { say, log: "/dev/null", machine });
  return mistakes.map(formatDiagnostic);
};

test("a package is missing when one of its binaries is, under all the names it may have", () => {
  const there = ["prometheus", "promtool", "prometheus-alertmanager", "node_exporter", "supervisord", "supervisorctl"];
  const find = (names: readonly string[]) => names.find((name) => there.includes(name));
  expect(missingPackages(find)).toEqual(["prometheus-alertmanager", "prometheus-blackbox-exporter"]);
  expect(missingPackages(() => undefined)).toEqual(neededPackages.map(({ name }) => name));
  expect(missingPackages(([name]) => name)).toEqual([]);
});

test("what packs are tried on is looked for by itself, and a deploy does not need it", () => {
  const find = (names: readonly string[]) => names.find((name) => name === "pg_ctlcluster" || name === "redis-server");
  expect(missingPackages(find, trialPackages)).toEqual(["prometheus-postgres-exporter", "prometheus-redis-exporter"]);
  const needed = neededPackages.map(({ name }) => name);
  expect(trialPackages.filter(({ name }) => needed.includes(name))).toEqual([]);
});

test("who is not root is told what root has to install, or to start Docker", async () => {
  expect(await install(debian)).toEqual([
    "error packages-missing [this machine]: not installed: prometheus, supervisor, and only root can → sudo apt-get install --no-install-recommends prometheus supervisor, or start Docker",
  ]);
});

test("elsewhere than on Debian the packages are named, or Docker would do", async () => {
  expect(await install({ osRelease: "ID=fedora\n", isRoot: true })).toEqual([
    "error packages-missing [this machine]: not installed: prometheus, supervisor (the names of Debian's packages), and this is neither Debian nor Ubuntu → install them, or start Docker",
  ]);
});

test.each([
  ["ID=debian", true],
  ['ID=ubuntu\nID_LIKE="debian"', true],
  ['ID=linuxmint\nID_LIKE="ubuntu debian"', true],
  ["ID=fedora", false],
  ['NAME="not debian"\nID=arch', false],
  ["", false],
])("%j is Debian or a descendant: %s", (osRelease, answer) => {
  expect(isDebian(osRelease)).toBe(answer);
});
