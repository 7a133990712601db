import { estate, runbooks } from "../../bench/estate";
import { compile } from "../../lib/compile";

const environment = estate(2);

test("what is measured compiles without a word", () => {
  expect(compile(environment, { runbooks }).diagnostics).toEqual([]);
});

test("each service is of the size that is told: 20 alerts, 2 objectives, 3 dashboards, 4 checks", () => {
  const sizes = environment.services.map(({ watch, objectives, checks }) => [
    watch.flatMap((pack) => pack.alerts).length,
    objectives.length,
    environment.dashboards.length,
    checks.length,
  ]);
  expect(sizes).toEqual([
    [20, 2, 3, 4],
    [20, 2, 3, 4],
  ]);
});
