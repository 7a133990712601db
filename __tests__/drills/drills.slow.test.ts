import { drills } from "../../drills";
import { quietMonth } from "../../drills/quiet-month";
import { usual } from "../../drills/usual";
import { production } from "../../environments/production";
import { compile } from "../../lib/compile";
import { runMonth } from "../../lib/drills/month";
import { runDrill } from "../../lib/drills/run";
import { surroundings } from "../../lib/project";

const compiled = compile(production, surroundings());
const minute = 60_000;

test.each(drills.map((one) => [one.name, one] as const))(
  "%s goes as it should",
  async (_, one) => {
    const { verdicts } = await runDrill(one, compiled, usual);
    expect(verdicts.filter(({ ok }) => !ok)).toEqual([]);
  },
  2 * minute,
);

test.each([10, 1])(
  "a quiet month of %d requests a second wakes nobody",
  async (peak) => {
    const stage = { environment: compiled.environment, services: compiled.services, usual };
    const { pages } = await runMonth(quietMonth, compiled, { stage, peak });
    expect(pages).toEqual([]);
  },
  20 * minute,
);
