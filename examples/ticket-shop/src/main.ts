import { readShopSettings } from "./settings";
import { openShop } from "./shop";

/** A request that is still under way may finish, but nobody waits longer for it. */
const shutdownMilliseconds = 800;

async function main(): Promise<void> {
  const read = readShopSettings(process.env);
  if ("mistakes" in read) {
    for (const mistake of read.mistakes) console.error(mistake);
    process.exitCode = 1;
    return;
  }
  const { settings } = read;
  try {
    const shop = await openShop(settings, (line) => console.log(line));
    const shutDown = (): void => {
      setTimeout(() => process.exit(0), shutdownMilliseconds).unref();
      void shop.close().then(() => process.exit(0));
    };
    process.once("SIGTERM", shutDown);
    process.once("SIGINT", shutDown);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    console.error(`SHOP_PORT: port ${settings.port} is taken; stop what listens there, or set another one`);
    process.exit(1);
  }
}

void main();
