import { DiagnosticsError } from "@watchbill/model";
import { Argument, Command, Option } from "commander";
import { mistakesOf } from "../loading/load-mistake";
import { repositoryRoot } from "../runtime/repository-root";
import { runtimeKinds } from "../runtime/runtime-kind";

/** The `watchbill` command. What a command needs is loaded when it runs: most need little. */
const program = new Command("watchbill")
  .description("A monitoring stack as code: one declaration, proven before it pages.")
  .showHelpAfterError("(watchbill --help lists the commands)");

const where = () => new Option("-e, --environment <name>", "which environment").default("local");

function command(name: string, description: string): Command {
  return program.command(name).description(description);
}

/** Commands answer with their exit code. */
const run = async (code: Promise<number>) => {
  process.exitCode = await code;
};

command("up", "set up this machine, deploy, and wait until everything works")
  .addOption(where())
  .addOption(
    new Option("--runtime <kind>", "how the servers run; default: docker where a daemon answers").choices(runtimeKinds),
  )
  .action(async ({ environment, ...options }) => run((await import("./commands/up.js")).up(environment, options)));

command("down", "destroy it all; data stays")
  .addOption(where())
  .option("--purge", "remove the data too")
  .action(async ({ environment, ...options }) => run((await import("./commands/down.js")).down(environment, options)));

command("status", "every server: address, version, and whether it is ready")
  .addOption(where())
  .option("--json", "as JSON")
  .action(async ({ environment, ...options }) =>
    run((await import("./commands/status.js")).status(environment, options)),
  );

command("break", "switch faults of the ticket shop on")
  .addOption(where())
  .addArgument(new Argument("<fault...>", "which faults"))
  .action(async (faults, { environment }) => run((await import("./commands/break.js")).breakShop(environment, faults)));

command("mend", "switch faults off; all of them, unless some are named")
  .addOption(where())
  .addArgument(new Argument("[fault...]", "which faults"))
  .action(async (faults, { environment }) => run((await import("./commands/break.js")).mendShop(environment, faults)));

command("inbox", "who was called, when, about what")
  .addOption(where())
  .option("--follow", "go on with what arrives")
  .option("--json", "as JSON, a message a line")
  .action(async ({ environment, ...options }) =>
    run((await import("./commands/inbox.js")).inbox(environment, options)),
  );

command("manifests", "write manifests/, the very files that each environment gets")
  .option("--check", "write nothing; fail when a file is stale")
  .action(async (options) => run((await import("./commands/manifests.js")).manifests(options)));

command("page", "who is called when an alert fires: by which channel, when, escalating to whom; or why nobody")
  .addArgument(new Argument("<alert>", "the alert's name"))
  .addArgument(new Argument("[label=value...]", "labels: service=tickets"))
  .addOption(new Option("-e, --environment <name>", "which environment").default("production"))
  .option("--at <time>", "when it begins to fire, like 2026-12-25T03:00; default: now")
  .option(
    "--while <alert>",
    'what fires besides, with its labels if need be: DatabaseDown, "Down cluster=a"; again for more',
    (alert: string, before: readonly string[] = []) => [...before, alert],
  )
  .option("--config <file>", "any alertmanager.yml instead of an environment's")
  .action(async (alert, labels, options) => run((await import("./commands/page.js")).page(alert, labels, options)));

command("drill", "rehearse incidents: who is called when; all but the quiet-month, unless some are named")
  .addArgument(new Argument("[name...]", "which drills"))
  .addOption(new Option("-e, --environment <name>", "whose rules").default("production"))
  .addOption(new Option("--rate <requests>", "for quiet-month: requests a second at the most").argParser(Number))
  .option("--all", "for quiet-month: messages that wake nobody, too")
  .option("--json", "as JSON")
  .action(async (names, options) => run((await import("./commands/drill.js")).drill(names, options)));

command("scoreboard", "hold these rules against those written by hand, and against any others: docs/scoreboard.md")
  .addArgument(new Argument("[rules...]", "further rules files, to be compared and not written down"))
  .action(async (files) => run((await import("./commands/scoreboard.js")).scoreboard(files)));

command("backtest", "what would have fired, whom it would have called, and what a change makes of it")
  .requiredOption("--data <where>", "address of a Prometheus, folder of its blocks, or file in OpenMetrics text")
  .requiredOption("--from <time>", "when it begins, like 2026-12-01 or 2026-12-01T08:00")
  .requiredOption("--to <time>", "when it ends")
  .option("--base <ref>", "compare with the rules of an earlier commit: main, HEAD~1")
  .option("--all", "with --base: what stays the same, too")
  .addOption(new Option("-e, --environment <name>", "whose rules").default("production"))
  .option("--json", "as JSON")
  .action(async (options) => run((await import("./commands/backtest.js")).backtest(options)));

command("prove", "try every alert, on cases made from its declaration")
  .addArgument(new Argument("[service...]", "which services; all, unless some are named"))
  .addOption(new Option("-e, --environment <name>", "whose rules").default("production"))
  .option("--mutate", "then change each rule in one thing after another, and see whether its cases notice")
  .action(async (services, options) => run((await import("./commands/prove.js")).proveAlerts(services, options)));

command("test", "types, lint, layering and tests; further words go to jest")
  .allowUnknownOption()
  .addArgument(new Argument("[jest...]", "names of test files, options"))
  .action(async (words) => run((await import("./commands/test.js")).test(words)));

command("bench", "measure how long things take")
  .allowUnknownOption()
  .addArgument(new Argument("[words...]", "what to measure"))
  .action(async (words) => run((await import("./commands/bench.js")).bench(words)));

// Whoever reads only the first lines has read enough; what is under way is ended in order all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

/** Those that make something of the declarations; what is broken must not keep anybody from looking, or from taking down. */
const reading = new Set(["up", "manifests", "page", "drill", "scoreboard", "backtest", "prove"]);

program.hook("preAction", async (_, command) => {
  if (reading.has(command.name())) (await import("./well-typed.js")).refuseMistypedHere();
});

program.parseAsync().catch((error: unknown) => {
  const mistakes = mistakesOf(repositoryRoot, error);
  if (mistakes.length === 0) throw error;
  console.error(new DiagnosticsError(mistakes).message);
  process.exitCode = 1;
});
