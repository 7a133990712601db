import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  above,
  alert,
  counter,
  type Diagnostic,
  type Environment,
  formatDiagnostic,
  httpServerMetrics,
  minutes,
  type Pack,
  pack,
  percent,
  rate,
  ratio,
  type Service,
  service,
  slack,
} from "@watchbill/model";
import { parse } from "yaml";
import { http } from "../../alert-rules/http";
import { environments } from "../../environments";
import { local } from "../../environments/local";
import { production } from "../../environments/production";
import { staging } from "../../environments/staging";
import { faultNames } from "../../examples/ticket-shop/src/faults";
import { alertOf } from "../../lib/cli/faults";
import { compile } from "../../lib/compile";
import { surroundings } from "../../lib/project";
import { portOffset } from "../../lib/runtime/port-offset";
import { grafanaServer, serversOf } from "../../lib/servers";
import { codeBlocks, readMarkdown, root, tableRows } from "../support/markdown";
import { complaints, run, type Snippet } from "../support/snippets";

const text = readMarkdown("README.md");
const blocks = codeBlocks(text);
const of = (language: string) => blocks.filter((block) => block.language === language).map((block) => block.text);
const snippets = of("ts").map((code, index): Snippet => ({ name: `readme-${index + 1}`, text: code }));
// What is past by now is no mistake of what is shown.
const around = { ...surroundings(), now: 0 };

/** The one service that a snippet exports. */
const shown = (snippet: Snippet) => Object.values(run(snippet))[0] as Service;

/** An environment as it is, with this service in the place of the others. */
const watching = (environment: Environment, service: Service): Environment => ({
  ...environment,
  services: [service],
  at: { [service.name]: environment.at.tickets! },
  tune: {},
});

test("it can be read in a few minutes", () => {
  expect(text.split("\n").length).toBeLessThan(245);
});

describe("the services that it shows", () => {
  test("compile under the project's own settings, and a mistake in them would be seen", () => {
    const mistaken = { name: "mistaken", text: snippets[0]!.text.replace("above: percent(5)", "above: minutes(5)") };
    const { mistaken: found, ...real } = complaints([...snippets, mistaken]);
    expect(Object.keys(real)).toEqual(["readme-1", "readme-2"]);
    for (const complaint of Object.values(real)) expect(complaint).toEqual([]);
    expect(found?.join()).toMatch(/"seconds"' is not assignable to type '"ratio"'/);
  });

  test("the first takes ten lines of code", () => {
    const code = snippets[0]!.text.split("\n").filter((line) => line !== "" && !line.startsWith("import"));
    expect(code.length).toBeLessThanOrEqual(10);
  });

  test.each(snippets.flatMap((snippet) => environments.map((one) => [snippet.name, one.name, snippet, one] as const)))(
    "%s has no mistakes in %s",
    (_name, _environment, snippet, environment) => {
      const { diagnostics } = compile(watching(environment, shown(snippet)), around);
      expect(diagnostics.map(formatDiagnostic)).toEqual([]);
    },
  );

  test("what comes out of the first in production is what is shown: the rule, and a monitor", () => {
    const { files } = compile(watching(production, shown(snippets[0]!)), around);
    const { groups } = parse(files["prometheus/rules/tickets.yml"]!) as { groups: { rules: unknown[] }[] };
    expect(of("yaml").map((yaml) => parse(yaml))).toEqual(groups.flatMap(({ rules }) => rules));
    const monitors = JSON.parse(files["datadog/monitors.json"]!) as { key: string }[];
    for (const json of of("json")) {
      const monitor = JSON.parse(json) as { key: string };
      expect(monitors.find(({ key }) => key === monitor.key)).toMatchObject(monitor);
    }
    expect(of("json")).toHaveLength(1);
  });
});

describe("the session that it shows", () => {
  const [session = ""] = of("console");

  test("has every server of the local stack, at its address", () => {
    const servers = serversOf(compile(local, around));
    const moved = portOffset(process.env.WATCHBILL_PORT_OFFSET);
    const addresses = [...session.matchAll(/^ {2}([a-z-]+) +(\(.*?\)|\S+) .* ready$/gm)].map(([, ...cells]) => cells);
    const declared = servers.map(({ name, ports }) => [
      name,
      ports.http === undefined ? "(listens on nothing)" : `http://127.0.0.1:${ports.http - moved}`,
    ]);
    expect(addresses).toEqual([...declared].sort(([a], [b]) => (a! < b! ? -1 : 1)));
    expect(session).toContain(`secrets and ports of ${servers.length} servers are right`);
    // Two resources a server, and one for all of them.
    expect(session).toContain(`${2 * servers.length + 1} added, 0 changed, 0 destroyed`);
  });

  test("says of the fault what `break` says, and pages what it expects", () => {
    expect(session).toContain(`\npayments: ${faultNames.payments}; expect ${alertOf.payments}\n`);
    const alerts = local.services.flatMap(({ watch }) => watch.flatMap((one) => one.alerts));
    const { summary = "" } = alerts.find(({ id }) => id === alertOf.payments) ?? {};
    expect(session).toContain(`tickets: ${summary.replace(/\.$/, "")} (${alertOf.payments},`);
  });
});

test("what it says of who would be called is what the commands say", () => {
  const [, asked = ""] = of("console");
  const said = asked.split(/^\$ npx watchbill /m).slice(1);
  expect(said).toHaveLength(2);
  for (const one of said) {
    const [words = "", ...shown] = one.trimEnd().split("\n");
    const { stdout } = spawnSync(
      process.execPath,
      ["--import", "tsx", "lib/cli/main.ts", ...words.split(" "), "--environment", "production"],
      { cwd: root, encoding: "utf8" },
    );
    expect(stdout.split("\n").slice(0, shown.length)).toEqual(shown);
  }
});

describe("what it says of environments", () => {
  const secretsOf = (environment: Environment) => {
    const compiled = compile(environment, around);
    return [...serversOf(compiled), grafanaServer(compiled)].flatMap(({ secrets }) => secrets);
  };

  test("every secret file is in the table, with where it is needed", () => {
    const rows = tableRows(text).filter(([name = "", , third]) => /^`[a-z-]+`$/.test(name) && third === undefined);
    const named = rows.map(([name = "", what = ""]) => [name.replaceAll("`", ""), what.endsWith("; production")]);
    const [inStaging, inProduction] = [secretsOf(staging), secretsOf(production)];
    const all = [...new Set([...inProduction, ...inStaging])];
    expect(Object.fromEntries(named)).toEqual(Object.fromEntries(all.map((name) => [name, !inStaging.includes(name)])));
  });

  test("time runs as fast as it says", () => {
    expect(text).toContain(`\`lapse: ${local.lapse}\``);
    expect(text).toContain(`each ${local.scrapeEvery.value / local.lapse} s`);
    expect([staging.lapse, production.lapse]).toEqual([1, 1]);
  });
});

describe("the mistakes that it shows", () => {
  const withoutPlace = (line: string) => line.replace(/^(\w+ [a-z-]+) \S+ \[/, "$1 [");
  const { requests } = httpServerMetrics;
  const window = { over: minutes(5) };
  const watched = (one: Pack, metrics: Service["metrics"]) =>
    service("checkout", { owner: "commerce", metrics, endpoint: { port: 3000 }, watch: [one] });
  const refunds = counter("refunds-total", { counts: "refunds" });
  const errors = http({ errors: { above: percent(1), for: minutes(5) } });
  const held = alert("ErrorsHigh", {
    when: above(ratio(rate(requests.where({ status: /5../ }), window), rate(requests, window)), percent(1)),
    for: minutes(10),
    severity: "high",
    summary: "Requests are failing.",
    description: "{value} of requests fail.",
    runbook: "http-error-ratio-high",
  });
  const written = { ...production.channels, alerts: slack("#alerts", { webhook: "https://hooks.example.com/T0" }) };

  test("are the very lines that those mistakes get", () => {
    const careless = watching(
      production,
      watched(errors as Pack, { ...httpServerMetrics, refunds } as Service["metrics"]),
    );
    const inexpressible = watching(production, watched(pack("errors", { alerts: [held] }) as Pack, httpServerMetrics));
    const found: readonly Diagnostic[] = [
      ...compile({ ...careless, channels: written }, { runbooks: new Set() }).diagnostics,
      ...compile(inexpressible, around).diagnostics,
    ];
    const lines = found.map(formatDiagnostic).map(withoutPlace);
    const said = of("text").flatMap((block) => block.trimEnd().split("\n"));
    expect(said).toHaveLength(4);
    expect(said.map(withoutPlace).filter((line) => !lines.includes(line))).toEqual([]);
  });
});

test("the licence is Apache 2.0, word for word, and every package says so", () => {
  const hash = createHash("sha256")
    .update(readFileSync(join(root, "LICENSE")))
    .digest("hex");
  expect(hash).toBe("cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30");
  for (const folder of [".", "packages/model", "examples/ticket-shop"]) {
    const { license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as { license: string };
    expect(license).toBe("Apache-2.0");
  }
});
