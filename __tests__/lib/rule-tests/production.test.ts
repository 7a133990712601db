import { production } from "../../../environments/production";
import { tunedServices } from "../../../lib/compile";
import { dialectHere } from "../../../lib/rule-tests/promtool";
import { planProof, prove } from "../../../lib/rule-tests/proof";
import { formatFailure } from "../../../lib/rule-tests/report";

// About 1,000 cases: a minute of processor time.
test("every alert of production does what its declaration says", async () => {
  const plan = planProof(production, tunedServices(production), await dialectHere());
  const { failures, cases } = await prove(plan, 2);
  expect(failures.map(formatFailure)).toEqual([]);
  expect(cases).toBeGreaterThan(plan.alerts * 7);
}, 300_000);
