import { environments } from "../../../../environments";
import { tunedServices } from "../../../../lib/compile";
import { mutateObjectives } from "../../../../lib/rule-tests/mutation/objective-mutation";

test("of the lasting tiers of objectives with one thing changed, at least 80 in a hundred fail a case", async () => {
  const production = environments.find(({ name }) => name === "production")!;
  const fates = await mutateObjectives(production, tunedServices(production), 2);
  const tried = fates.filter(({ end }) => end === "survived" || "killedBy" in end);
  const survivors = tried.filter(({ end }) => end === "survived");
  expect(tried.length).toBeGreaterThan(50);
  expect(1 - survivors.length / tried.length).toBeGreaterThanOrEqual(0.8);
}, 600_000);
