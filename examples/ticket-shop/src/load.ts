import { Listeners } from "./listeners";
import { readLoadSettings } from "./settings";
import { Visitors } from "./visitors";

const crowd = 30;

function main(): void {
  const read = readLoadSettings(process.env);
  if ("mistakes" in read) {
    for (const mistake of read.mistakes) console.error(mistake);
    process.exitCode = 1;
    return;
  }
  const { url, rate } = read.settings;
  const visitors = new Visitors(url, rate, (line) => console.log(line));
  const listeners = new Listeners(url, crowd);
  visitors.start();
  listeners.start();
  console.log(`load: ${rate} requests a second and ${crowd} WebSocket clients to ${url.origin}`);

  const stop = (): void => {
    visitors.stop();
    listeners.stop();
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

main();
