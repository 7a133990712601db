import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { refuseErrors } from "@watchbill/model";
import { drills } from "../../../drills";
import { quietMonth } from "../../../drills/quiet-month";
import { usual } from "../../../drills/usual";
import { production } from "../../../environments/production";
import { tickets } from "../../../services/tickets";
import { compile } from "../../compile";
import { drillMistakes } from "../../drills/mistakes";
import { readOtherRules } from "../../drills/other-rules";
import { contest } from "../../drills/scoreboard";
import { scoreboardText } from "../../drills/scoreboard-text";
import { surroundings } from "../../project";
import { preparePackages } from "../../runtime/prerequisites/prepare";
import { repositoryRoot } from "../../runtime/repository-root";
import { stateFolder } from "../../runtime/state-folder";
import { printMistakes, secondsSince } from "../print";
import { Progress } from "../progress";

const handwritten = ["drills/handwritten/as-written.yml", "drills/handwritten/as-meant.yml"];

/**
 * Compares rules: ours, those written by hand, and any rules files that are named. Without any of these it writes
 * docs/scoreboard.md; with one it only says.
 */
export async function scoreboard(files: readonly string[]): Promise<number> {
  const start = Date.now();
  const missing = await preparePackages(stateFolder("local"), (words) => console.error(`  … ${words}`));
  if (missing.length > 0) {
    printMistakes(missing);
    return 1;
  }
  const compiled = compile({ ...production, lapse: 1 }, surroundings());
  refuseErrors([...compiled.diagnostics, ...drillMistakes([...drills, quietMonth], compiled.environment)]);
  const { environment, services } = compiled;
  const paths = [...handwritten.map((path) => join(repositoryRoot, path)), ...files];
  const others = await readOtherRules(paths, environment.name);
  refuseErrors(others.mistakes);
  const progress = new Progress();
  const text = scoreboardText(
    await contest({
      compiled,
      others: others.sets,
      stage: { environment, services, usual },
      drills,
      month: quietMonth,
      peaks: [10, 1],
      service: tickets,
      shares: [100, 20, 5, 2, 0.5],
      progress: (share, words) => progress.show(share, words),
    }),
  );
  progress.clear();
  if (files.length > 0) console.log(text);
  else writeFileSync(join(repositoryRoot, "docs/scoreboard.md"), text);
  console.error(files.length > 0 ? `(${secondsSince(start)})` : `docs/scoreboard.md (${secondsSince(start)})`);
  return 0;
}
