import { DiagnosticsError } from "@watchbill/model";
import { Argument, Command, Option } from "commander";
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

command("test", "types, lint, layering and tests; further words go to jest")
  .allowUnknownOption()
  .addArgument(new Argument("[jest...]", "names of test files, options"))
  .action(async (words) => run((await import("./commands/test.js")).test(words)));

command("bench", "measure how long things take")
  .allowUnknownOption()
  .addArgument(new Argument("[words...]", "what to measure"))
  .action(async (words) => run((await import("./commands/bench.js")).bench(words)));

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof DiagnosticsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
