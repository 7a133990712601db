import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Diagnostic, Service } from "@watchbill/model";
import { stringify } from "yaml";
import { mistake } from "../checks/check";
import { jobOf } from "../conventions";
import { checkRules, groupsOf } from "../replay/rules";
import { type AlertmanagerConfig, readAlertmanagerConfig } from "../simulator";
import type { RuleSet } from "./rule-set";

/** How alerts are told where nobody says anything else: Alertmanager's own defaults, and what is critical wakes somebody. */
const plain = `
route:
  receiver: ticket
  group_by: [alertname, service]
  group_wait: 30s
  group_interval: 5m
  repeat_interval: 4h
  routes:
    - matchers: ['severity=~"critical|page"']
      receiver: page
receivers:
  - name: page
    webhook_configs: [{ url: 'http://127.0.0.1/page' }]
  - name: ticket
    webhook_configs: [{ url: 'http://127.0.0.1/ticket' }]
`;

/** Severities of those who say `page` for what wakes somebody, and of those who say `critical`. */
export const wakingSeverities: readonly string[] = ["critical", "page"];

function plainConfig(): AlertmanagerConfig {
  const { config, diagnostics } = readAlertmanagerConfig(plain);
  if (!config) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return config;
}

/** A rules file of anybody's, told by a plain Alertmanager. */
export const otherRules = (path: string, text: string, environment: string): RuleSet => ({
  name: basename(path).replace(/\.ya?ml$/, ""),
  rules: [{ name: basename(path), text }],
  externalLabels: { environment },
  alertmanager: plainConfig(),
  tells: (receiver) => [receiver === "page" ? "whoever is on call" : "a channel"],
  wakes: (receiver) => receiver === "page",
});

function textOf(path: string): string | Diagnostic {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const said =
      code === "ENOENT"
        ? "there is no such file"
        : code === "EISDIR"
          ? "it is a folder"
          : `it can't be read: ${message}`;
    return mistake("rules-missing", path, undefined, said, "name a file of Prometheus rules");
  }
}

const hasAlerts = (text: string) => groupsOf(text).some(({ rules }) => rules.some((rule) => "alert" in rule));

/** Rules files of anybody's, or all that is wrong with them: one that can't be read, that promtool refuses, without alerts. */
export async function readOtherRules(
  paths: readonly string[],
  environment: string,
): Promise<{ readonly sets: readonly RuleSet[]; readonly mistakes: readonly Diagnostic[] }> {
  const read = await Promise.all(
    paths.map(async (path): Promise<RuleSet | readonly Diagnostic[]> => {
      const text = textOf(path);
      if (typeof text !== "string") return [text];
      const refused = await checkRules([{ name: path, text }]);
      if (refused.length > 0) return refused;
      if (hasAlerts(text)) return otherRules(path, text, environment);
      const hint = "name a file of Prometheus rules, with alerts below `groups:`";
      return [mistake("rules-empty", path, undefined, "there is no alert in it", hint)];
    }),
  );
  return {
    sets: read.filter((one): one is RuleSet => "rules" in one),
    mistakes: read.flatMap((one) => ("rules" in one ? [] : one)),
  };
}

const jobs = /\bjob="([^"]*)"/g;

/**
 * The same rules without those that read only jobs of services that are not there: what is about silence or absence
 * would fire for these.
 */
export function restricted(set: RuleSet, services: readonly Service[], all: readonly Service[]): RuleSet {
  const missing = all.filter((service) => !services.some(({ name }) => name === service.name));
  const gone = (job: string) =>
    missing.some((service) => job === service.name || job.startsWith(`${jobOf(service, "service")}-`));
  const stays = ({ expr }: { readonly expr: string }) => {
    const read = [...expr.matchAll(jobs)].map(([, job = ""]) => job);
    return read.length === 0 || !read.every(gone);
  };
  return {
    ...set,
    rules: set.rules.map(({ name, text }) => {
      const left = groupsOf(text).map((group) => ({ ...group, rules: group.rules.filter(stays) }));
      return { name, text: stringify({ groups: left.filter(({ rules }) => rules.length > 0) }) };
    }),
  };
}
