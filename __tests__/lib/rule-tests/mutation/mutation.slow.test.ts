import { environments } from "../../../../environments";
import { tunedServices } from "../../../../lib/compile";
import { mutate } from "../../../../lib/rule-tests/mutation/mutation";
import { dialectHere } from "../../../../lib/rule-tests/promtool";
import { planProof, prove } from "../../../../lib/rule-tests/proof";
import { formatFailure } from "../../../../lib/rule-tests/report";
import { subjectsOf } from "../../../../lib/rule-tests/subjects";

test.each(environments.filter(({ name }) => name !== "production").map((one) => [one.name, one] as const))(
  "every alert of %s does what its declaration says",
  async (_, environment) => {
    const { failures } = await prove(planProof(environment, tunedServices(environment), await dialectHere()), 2);
    expect(failures.map(formatFailure)).toEqual([]);
  },
  600_000,
);

test("of all rules with one thing changed, at least 95 in a hundred fail a case", async () => {
  const production = environments.find(({ name }) => name === "production")!;
  const subjects = subjectsOf(production, tunedServices(production), await dialectHere());
  const fates = await mutate(production, subjects, 2);
  const tried = fates.filter(({ end }) => end === "survived" || "killedBy" in end);
  const survivors = tried.filter(({ end }) => end === "survived");
  expect(tried.length).toBeGreaterThan(subjects.length * 15);
  expect(1 - survivors.length / tried.length).toBeGreaterThanOrEqual(0.95);
}, 900_000);
