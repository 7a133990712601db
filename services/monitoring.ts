import { hours, minutes, percent, service } from "@watchbill/model";
import { host, self } from "../alert-rules";

/** The watchers themselves, and the machine they run on. They are scraped under names of their own. */
export const monitoring = service("monitoring", {
  owner: "platform",
  endpoint: { port: 9090 },
  watch: [
    self(),
    host({
      memory: { above: percent(85), for: minutes(10) },
      disk: { above: percent(80), for: minutes(10) },
      diskFills: { for: hours(1) },
    }),
  ],
  except: { datadog: "Datadog doesn't scrape these servers; of the targets that its Agent reads it tells for itself" },
});
