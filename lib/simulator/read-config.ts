import type { Diagnostic } from "@watchbill/model";
import { LineCounter, type Node, parseDocument } from "yaml";
import type { AlertmanagerConfig, InhibitRule } from "./config";
import { readMatchers } from "./read-matchers";
import { readReceivers } from "./read-receiver";
import { readRoute } from "./read-route";
import { readTimeIntervals } from "./read-time-interval";
import { isEndless, Reading } from "./reading";

const fieldNames = [
  "global",
  "templates",
  "route",
  "inhibit_rules",
  "receivers",
  "mute_time_intervals",
  "time_intervals",
  "tracing",
  "event_recorder",
] as const;

/** A configuration, where nothing is wrong with it, and all that is. */
export interface ReadConfig {
  readonly config?: AlertmanagerConfig;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads an alertmanager.yml, anybody's. Whoever is told how (addresses, texts, credentials) is left to
 * `amtool check-config`; all that decides who is told when is checked here.
 *
 * @param file how diagnostics call it
 */
export function readAlertmanagerConfig(text: string, file = "alertmanager.yml"): ReadConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true });
  const reading = new Reading(document, lines, file);
  // Whatever comes after the first is often its consequence.
  const broken = document.errors.slice(0, 1).map(({ code, linePos, message }): Diagnostic => {
    const at = linePos ? `${file}:${linePos[0].line}` : file;
    if (code === "MULTIPLE_DOCS") return secondDocument(at);
    const said = message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? message;
    return yamlMistake(at, said);
  });
  if (broken.length > 0) return { diagnostics: broken };
  if (isEndless(document)) return { diagnostics: [yamlMistake(file, "an alias leads to itself")] };
  const fields = reading.fields(document.contents as Node | undefined, "alertmanager", fieldNames);
  const receivers = readReceivers(reading, fields.receivers);
  const { mute_time_intervals, time_intervals } = fields;
  const timeIntervals = readTimeIntervals(reading, { mute_time_intervals, time_intervals });
  const inhibitRules = readInhibitRules(reading, fields.inhibit_rules);
  if (!fields.route) {
    reading.misplaced(document.contents as Node, "alertmanager", "there is no route", "write `route:` with a receiver");
    return { diagnostics: reading.diagnostics() };
  }
  const route = readRoute(reading, fields.route, { receivers, timeIntervals });
  const diagnostics = reading.diagnostics();
  if (diagnostics.length > 0) return { diagnostics };
  return { config: { route, receivers, inhibitRules, timeIntervals }, diagnostics };
}

const yamlMistake = (at: string, message: string): Diagnostic => ({
  code: "alertmanager-yaml",
  severity: "error",
  path: "alertmanager",
  at,
  message,
  hint: "correct the YAML; everything else is checked once it can be read",
});

/** Alertmanager loads such a file and reads its beginning only: whatever follows is believed in by its author alone. */
const secondDocument = (at: string): Diagnostic => ({
  ...yamlMistake(at, "a second YAML document begins here, which Alertmanager does not read"),
  hint: "remove it, or write its fields into the first",
});

function readInhibitRules(reading: Reading, node: Node | undefined): readonly InhibitRule[] {
  return reading.list(node, "inhibit_rules").map((item, index) => {
    const path = `inhibit_rules/${index + 1}`;
    const fields = reading.fields(item, path, [
      "name",
      "source_match",
      "source_match_re",
      "source_matchers",
      "target_match",
      "target_match_re",
      "target_matchers",
      "equal",
    ]);
    const side = (name: "source" | "target") =>
      readMatchers(reading, path, {
        list: fields[`${name}_matchers`],
        equal: fields[`${name}_match`],
        regExp: fields[`${name}_match_re`],
      });
    return { source: side("source"), target: side("target"), equal: reading.labelNames(fields.equal, path) };
  });
}
