import { quietMonth } from "../../../drills/quiet-month";
import { usual } from "../../../drills/usual";
import type { CompiledEnvironment } from "../../compile";
import { clock } from "../../drills/clock";
import { type Count, type MonthResult, runMonth } from "../../drills/month";
import { paint, secondsSince, table } from "../print";
import { Progress } from "../progress";

/** Runs the quiet month and says who was called in it, which should be nobody. */
export async function runQuietMonth(
  compiled: CompiledEnvironment,
  { rate, all, json }: { readonly rate: number; readonly all?: boolean; readonly json?: boolean },
): Promise<number> {
  const start = Date.now();
  const progress = new Progress();
  const { environment, services } = compiled;
  const stage = { environment, services, usual };
  const result = await runMonth(quietMonth, compiled, {
    stage,
    peak: rate,
    hearing: all ? "told" : "woken",
    progress: (share, words) => progress.show(share, `30 days of ${words}`),
  });
  progress.clear();
  if (json) console.log(JSON.stringify({ ...result, drill: quietMonth.name }, null, 2));
  else print(result, compiled.environment.name, start);
  return result.ok ? 0 : 1;
}

const rows = (counts: readonly Count[]) =>
  table(
    counts.map(({ many, service, alert, first }) => [
      `    ${many} ×`,
      service,
      alert,
      `first on day ${Math.floor(first / 86_400_000) + 1}, ${clock(first % 86_400_000)}`,
    ]),
  );

function print({ drill, ok, pages, told, peak }: MonthResult, environment: string, start: number): void {
  const mark = ok ? paint("green", "✔") : paint("red", "✘");
  console.log(`\n${mark} ${paint("bold", drill.name)}  ${drill.title}`);
  console.log(
    `${paint("dim", `  ${environment}, ${peak} ${peak === 1 ? "request" : "requests"} a second at the most`)}\n`,
  );
  if (pages.length > 0) console.log(`  Woken for nothing:\n${rows(pages)}\n`);
  if (told.length > 0) console.log(`  Told, without being woken:\n${rows(told)}\n`);
  if (ok) console.log(`  ${mark} nobody is paged`);
  else console.log(`  ${mark} ${pages.reduce((sum, { many }) => sum + many, 0)} pages for nothing`);
  console.log(paint("dim", `\n(${secondsSince(start)})`));
}
