import type { Fate } from "./mutation/mutation";
import type { Complaint } from "./promtool";
import type { Failure, Proof } from "./proof";

/** The part of promtool's words that a person needs: what was expected and what came, a line each, without labels that all have. */
function shorten({ words, isBroken }: Complaint): readonly string[] {
  if (isBroken) return [`      ${words}`];
  const moment = / time: ([^,]+),/.exec(words)?.[1] ?? "?";
  const [expected = "", got = ""] = words.split(/\ngot:\s*/);
  const say = (text: string) => {
    const described = /description="((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
    const labels =
      /Labels:\{([^}]*)\}/.exec(text)?.[1] ?? /\{([^}]*)\}/.exec(text.replace(/^expr: "(?:[^"\\]|\\.)*"/, ""))?.[1];
    const many = /\} ([\d.E+]+)\s*$/.exec(text.trim())?.[1];
    if (labels === undefined) return "nothing fires";
    const count = many === undefined || Number(many) === 1 ? "" : `, ${Number(many)} evaluations long`;
    return `fires${count} {${labels.replace(/(alertname|alertstate)="[^"]*",? ?/g, "")}}${described ? ` "${described}"` : ""}`;
  };
  return [`      at ${moment}`, `        expected: ${say(expected)}`, `        got:      ${say(got)}`];
}

/** A case that failed: which, what it is about, and what came instead. */
export const formatFailure = ({ trial, sentence, complaints, doubt }: Failure): string =>
  [
    `  ✘ ${trial}`,
    `      ${sentence}`,
    ...(doubt === undefined ? [] : [`      ${doubt}`]),
    ...complaints.slice(0, 2).flatMap(shorten),
    ...(complaints.length > 2 ? [`      and ${complaints.length - 2} more`] : []),
  ].join("\n");

/** A list as short as a person reads it. */
const some = (names: readonly string[], many = 5) =>
  names.length <= many ? names.join(", ") : `${names.slice(0, many).join(", ")} and ${names.length - many} more`;

/** What a proof found, in lines. */
export function formatProof({ alerts, cases, failures, uncovered }: Proof, seconds: string): string {
  const failing = new Set(failures.map(({ trial }) => trial.split("/").slice(0, 2).join("/")));
  const reasons = new Map<string, string[]>();
  for (const { trial, why } of uncovered) reasons.set(why, [...(reasons.get(why) ?? []), trial]);
  return [
    ...failures.map(formatFailure),
    `${alerts - failing.size} of ${alerts} alerts proven, ${cases - failures.length} of ${cases} cases (${seconds})`,
    ...[...reasons].map(([why, trials]) => `  not tried (${trials.length}): ${some(trials, 3)}\n    ${why}`),
  ].join("\n");
}

/** How many mutants the cases noticed, and which they did not. */
export function formatFates(fates: readonly Fate[], seconds: string): string {
  const same = fates.filter(({ end }) => typeof end === "object" && "same" in end);
  const survivors = fates.filter(({ end }) => end === "survived");
  const tried = fates.length - same.length;
  const share = tried === 0 ? 100 : ((tried - survivors.length) / tried) * 100;
  return [
    `${tried - survivors.length} of ${tried} mutants noticed: ${share.toFixed(1)} % (${seconds}); ${same.length} more say the same as their rule`,
    ...survivors.map(({ path, mutant }) => `  unnoticed: ${path} ${mutant.what}: ${mutant.words}`),
  ].join("\n");
}
