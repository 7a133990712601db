import { openInbox, PortTaken } from "./inbox";
import { readSettings } from "./settings";

/** A mail that is half sent may be finished, but nobody waits longer for it. */
const shutdownMilliseconds = 800;

async function main(): Promise<void> {
  const read = readSettings(process.env);
  if ("mistakes" in read) return giveUp(read.mistakes);
  try {
    const inbox = await openInbox(read.settings, (line) => console.log(line));
    const shutDown = (): void => {
      setTimeout(() => process.exit(0), shutdownMilliseconds).unref();
      void inbox.close().then(() => process.exit(0));
    };
    process.once("SIGTERM", shutDown);
    process.once("SIGINT", shutDown);
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error;
    giveUp([error.message]);
  }
}

function giveUp(mistakes: readonly string[]): void {
  for (const mistake of mistakes) console.error(mistake);
  process.exitCode = 1;
}

void main();
