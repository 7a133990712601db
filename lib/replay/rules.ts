import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Diagnostic } from "@watchbill/model";
import { parseDocument } from "yaml";
import type { AlertRule, RecordingRule, RuleGroup } from "../backends/prometheus/rule-file";
import { parseDuration } from "../simulator/duration";
import { removeFolder, temporaryFolder } from "./temporary";

const run = promisify(execFile);

/** A rule file: what Prometheus reads, and what it is called in messages. */
export interface RuleText {
  readonly name: string;
  readonly text: string;
}

interface Common {
  readonly file: string;
  readonly group: string;
  /** Its place in its group. */
  readonly index: number;
  readonly expr: string;
  /** Of its group, in milliseconds. */
  readonly interval: number;
  /** Of the rule, as written. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface Recording extends Common {
  readonly kind: "recording";
  readonly name: string;
}

export interface Alerting extends Common {
  readonly kind: "alerting";
  /** The alert's name. */
  readonly name: string;
  /** Milliseconds. */
  readonly holdsFor: number;
  readonly keepsFiringFor: number;
  readonly annotations: Readonly<Record<string, string>>;
}

export type Rule = Recording | Alerting;

/** What is wrong with rule files, in promtool's own words: one diagnostic a file. */
export async function checkRules(files: readonly RuleText[]): Promise<Diagnostic[]> {
  const folder = temporaryFolder("rules");
  try {
    const paths = files.map(({ text }, index) => {
      const path = join(folder, `${index}.yml`);
      writeFileSync(path, text);
      return path;
    });
    const complaint = (of: readonly string[]) =>
      run("promtool", ["check", "rules", ...of], { maxBuffer: 2 ** 26 }).then(
        () => undefined,
        ({ stderr, stdout, message }: { stderr?: string; stdout?: string; message: string }) =>
          stderr || stdout || message,
      );
    // All at once is what it mostly takes; which file it is about is asked only then.
    if (files.length === 0 || (await complaint(paths)) === undefined) return [];
    const found: Diagnostic[] = [];
    for (const [index, { name }] of files.entries()) {
      const path = paths[index]!;
      const refused = await complaint([path]);
      if (refused === undefined) continue;
      const lines = refused
        .replaceAll(`${path}: `, "")
        .replaceAll(path, name)
        .replace(/^\s*FAILED:?\s*$/gm, "");
      found.push({
        code: "rules-refused",
        severity: "error",
        path: name,
        // Of a file that is no YAML promtool says twice what it says.
        message: `promtool refuses the rules: ${[...new Set(lines.trim().split(/\s*\n\s*/))].join("; ")}`,
        hint: "mend the file",
      });
    }
    return found;
  } finally {
    removeFolder(folder);
  }
}

/** The groups of a file that promtool has nothing against, which may leave out all there is. As in Go, what follows a first document does not count. */
export function groupsOf(text: string): readonly RuleGroup[] {
  const read = parseDocument(text, { merge: true }).toJS() as {
    readonly groups?: readonly (Omit<RuleGroup, "rules"> & { readonly rules?: RuleGroup["rules"] | null })[] | null;
  } | null;
  return (read?.groups ?? []).map((group) => ({
    ...group,
    rules: (group.rules ?? []).map((rule) => ({
      ...rule,
      expr: `${rule.expr}`,
      ...(rule.labels && { labels: texts(rule.labels) }),
    })),
  }));
}

/** The rules of files that promtool has nothing against, in the order of files, groups and rules. */
export const readRules = (files: readonly RuleText[], defaultInterval: number): Rule[] =>
  files.flatMap(({ name: file, text }) =>
    groupsOf(text).flatMap(({ name: group, interval, rules }) =>
      rules.map((rule, index): Rule => {
        const common = {
          file,
          group,
          index,
          expr: rule.expr,
          interval: milliseconds(interval) || defaultInterval,
          labels: texts(rule.labels),
        };
        if ("record" in rule) return { ...common, kind: "recording", name: rule.record };
        const { alert, for: holds, keep_firing_for: keeps, annotations } = rule as AlertRule;
        return {
          ...common,
          kind: "alerting",
          name: alert,
          holdsFor: milliseconds(holds),
          keepsFiringFor: milliseconds(keeps),
          annotations: texts(annotations),
        };
      }),
    ),
  );

const milliseconds = (text: string | number | undefined) => parseDuration(`${text ?? 0}`) ?? 0;
/** YAML reads `priority: 1` as a number; Prometheus takes it as text. */
const texts = (of: RecordingRule["labels"]) =>
  Object.fromEntries(Object.entries(of ?? {}).map(([name, value]) => [name, `${value}`]));
