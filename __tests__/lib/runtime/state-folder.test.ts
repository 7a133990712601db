import { join } from "node:path";
import { repositoryRoot } from "../../../lib/runtime/repository-root";
import { stateFolder } from "../../../lib/runtime/state-folder";

test("an environment's state is in the checkout, unless WATCHBILL_STATE names another folder", () => {
  expect(stateFolder("local", {})).toBe(join(repositoryRoot, ".watchbill/local"));
  expect(stateFolder("local", { WATCHBILL_STATE: "/tmp/elsewhere" })).toBe("/tmp/elsewhere");
  expect(stateFolder("local", { WATCHBILL_STATE: "near" })).toBe(join(repositoryRoot, "near"));
});
