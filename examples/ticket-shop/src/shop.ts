import { buildApp } from "./app";
import { Database } from "./database";
import { FaultSwitch, followFaultsFile } from "./fault-switch";
import { Listener } from "./listener";
import { registerMetrics } from "./metrics";
import { Orders } from "./orders";
import { Payments } from "./payments";
import type { ShopSettings } from "./settings";
import { Supabase } from "./supabase";
import { Websockets } from "./websockets";

export interface Shop {
  /** Where it listens. */
  readonly url: string;
  readonly faults: FaultSwitch;
  close(): Promise<void>;
}

/**
 * Puts the parts together and opens the doors, unless the fault `down` is on.
 *
 * @throws the server's own error when the port can't be had
 */
export async function openShop(settings: ShopSettings, log: (line: string) => void): Promise<Shop> {
  const faults = new FaultSwitch();
  const metrics = registerMetrics();
  const database = new Database(metrics);
  const orders = new Orders(database, new Payments(faults), new Supabase(metrics), metrics, faults);
  const { app, server } = await buildApp({ database, orders, metrics, faults });
  const websockets = new Websockets(server, metrics, faults);
  const listener = new Listener(server, settings, log);

  const stopFollowing = settings.faultsFile ? followFaultsFile(settings.faultsFile, faults, log) : () => {};
  if (!faults.has("down")) await listener.open();
  faults.follow("database", (on) => database.exhaust(on));
  faults.follow("down", (on) => {
    if (on) {
      listener.close();
      websockets.endAll();
    } else {
      listener.reopen();
    }
  });

  return {
    get url() {
      return listener.url;
    },
    faults,
    close: async () => {
      stopFollowing();
      listener.close();
      websockets.close();
      await app.close();
    },
  };
}
