import { type Environment, formatDiagnostic, maintenance } from "@watchbill/model";
import { environments } from "../../../environments";
import { compiledAmongAll, compiledHere, declaredServers } from "../../../lib/cli/declared-servers";
import { environmentWith, errorsHigh, shopWith } from "../../support/declarations";

const local = environmentWith([], { name: "local" });
const production = environmentWith([], { name: "production" });
const staging: Environment = {
  ...environmentWith([], { name: "staging", retention: { value: 86400, unit: "seconds" } }),
  like: "production",
};
const said = (all: readonly Environment[]) =>
  compiledAmongAll(local, all).diagnostics.map((one) => formatDiagnostic(one).replace(/ __tests__\S+/, ""));

test("before a deploy, environments are held against each other, as they are by its synthesis", () => {
  expect(said([local, staging, production])).toEqual([
    'error undeclared-difference [staging/retention]: retention is 1d here, and 30d in production → make them the same, or say why: differs: { "retention": "…" }',
  ]);
});

test("a maintenance window that is over is said before a deploy, too", () => {
  const over = maintenance("upgrade", {
    zone: "Europe/London",
    services: ["shop"],
    from: "2020-01-01T22:00",
    to: "2020-01-01T23:00",
  });
  const shop = shopWith([errorsHigh({ runbook: "http-error-ratio-high" })]);
  expect(said([environmentWith([shop], { name: "local", maintenance: [over] })])).toEqual([
    "warning maintenance-past [local/maintenance/upgrade]: it ended at 2020-01-01T23:00 (Europe/London) → remove it; Datadog takes no downtime of the past",
  ]);
});

test("the environment that is asked for is the one that is compiled", () => {
  expect(compiledAmongAll(staging, [local, staging, production]).compiled?.environment.name).toBe("staging");
});

test.each(environments.map((one) => [one.name, one] as const))(
  "in %s Prometheus waits for every server besides, so that a slow start calls nobody",
  (_, environment) => {
    const servers = declaredServers(compiledHere(environment), "processes");
    const others = servers.map(({ name }) => name).filter((name) => name !== "prometheus");
    expect(servers.find(({ name }) => name === "prometheus")!.after).toEqual(others);
  },
);
