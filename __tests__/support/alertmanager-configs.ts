import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { InhibitRule, Labels, Route } from "../../lib/simulator";
import { type AlertmanagerConfig, readAlertmanagerConfig } from "../../lib/simulator";

const root = join(__dirname, "../..");

/** Written by hand: everything that a routing tree can say, in the older words and the newer. */
export const handmade = {
  nested: `
route:
  receiver: base
  group_by: [alertname, cluster]
  routes:
    - receiver: audit
      continue: true
      group_by: ["..."]
    - match: { team: a }
      receiver: team-a
      routes:
        - match_re: { severity: page|critical }
          receiver: team-a-page
          continue: true
        - matchers: [ 'severity!="info"', 'env!~"dev|test"' ]
          receiver: team-a-chat
          group_by: []
    - matchers: [ team="b" ]
      continue: yes
      routes:
        - matchers: [ '{ severity =~ "page|crit.*", env = "prod", }' ]
          receiver: team-b-page
          group_by: [alertname, team, instance]
    - matchers: [ team="b" ]
      receiver: team-b-second
    - matchers: [ team="" ]
      receiver: nobodys
receivers:
  - name: base
  - name: audit
  - name: team-a
  - name: team-a-page
  - name: team-a-chat
  - name: team-b-page
  - name: team-b-second
  - name: nobodys
`,
  written: `
route:
  receiver: base
  routes:
    - { receiver: plain, continue: true, matchers: [ team=a ] }
    - { receiver: quoted, continue: true, matchers: [ 'team="a\\"b"' ] }
    - { receiver: backslash, continue: true, matchers: [ 'team="a\\\\b"' ] }
    - { receiver: spurious, continue: true, matchers: [ 'team="a\\b"' ] }
    - { receiver: newline, continue: true, matchers: [ 'team="a\\nb"' ] }
    - { receiver: comma, continue: true, matchers: [ 'team="a,b",severity!=""' ] }
    - { receiver: several, continue: true, matchers: [ 'team=a, severity="page"' ] }
    - { receiver: braces, continue: true, matchers: [ '{team="{a}"}' ] }
    - { receiver: blanks, continue: true, matchers: [ '  team   =   a b  ' ] }
    - { receiver: umlaut, continue: true, matchers: [ 'team="ä"' ] }
    - { receiver: unquoted-expression, continue: true, matchers: [ 'team=~a|b.*' ] }
    - { receiver: number, continue: true, match: { team: 42 } }
    - { receiver: folded, continue: true, matchers: [ "team=~\\"a.b\\"" ] }
receivers:
  - name: base
  - name: plain
  - name: quoted
  - name: backslash
  - name: spurious
  - name: newline
  - name: comma
  - name: several
  - name: braces
  - name: blanks
  - name: umlaut
  - name: unquoted-expression
  - name: number
  - name: folded
`,
} as const;

/** Values that look alike, for the labels of the configurations above. */
export const values: Readonly<Record<string, readonly string[]>> = {
  team: ["a", "b", "c", "", 'a"b', "a\\b", "a\nb", "a,b", "{a}", "a b", "ä", "42", "axb", "bcd", "ab"],
  severity: ["page", "critical", "crit", "info", "", "pages"],
  env: ["prod", "dev", "test", "dev2", ""],
};

/** The file that an environment gets, and its folder's other ones. */
export function manifestOf(environment: string): { readonly text: string; readonly config: AlertmanagerConfig } {
  const path = `manifests/${environment}/alertmanager/alertmanager.yml`;
  const text = readFileSync(join(root, path), "utf8");
  return { text, config: read(text, path) };
}

/** @throws Error with all that is wrong */
export function read(text: string, file?: string): AlertmanagerConfig {
  const { config, diagnostics } = readAlertmanagerConfig(text, file);
  if (!config) throw new Error(diagnostics.map(({ at, message }) => `${at}: ${message}`).join("\n"));
  return config;
}

export const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

/** What a configuration's matchers speak of, as values that they match and others that they nearly do. */
export function vocabulary({ route, inhibitRules }: AlertmanagerConfig): Readonly<Record<string, readonly string[]>> {
  const ofRoute = (one: Route): readonly Route["matchers"][number][] => [
    ...one.matchers,
    ...one.routes.flatMap(ofRoute),
  ];
  const ofRule = ({ source, target }: InhibitRule) => [...source, ...target];
  const words = new Map<string, Set<string>>();
  for (const { name, value } of [...ofRoute(route), ...inhibitRules.flatMap(ofRule)]) {
    const known = words.get(name) ?? new Set(["", "other"]);
    for (const one of value.replace(/^\^\(\?:(.*)\)\$$/, "$1").split("|")) known.add(one).add(`${one}x`);
    words.set(name, known);
  }
  return Object.fromEntries([...words].map(([name, known]) => [name, [...known]]));
}

/** Labels of those words; `alertname` is always there, since Alertmanager refuses an alert without labels. */
export function someLabels(random: () => number, words: Readonly<Record<string, readonly string[]>>): Labels {
  const chosen = Object.entries(words).map(([name, known]) => [name, pick(random, known)] as const);
  const labels = { alertname: "Test", ...Object.fromEntries(chosen.filter(([, value]) => value !== "")) };
  return labels;
}
