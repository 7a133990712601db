import { becomes, by, count, drill, loses, minutes, never, to, uptimeMetrics } from "@watchbill/model";
import { monitoring } from "../services/monitoring";
import { tickets } from "../services/tickets";

export const totalOutage = drill("total-outage", {
  title: "No process of the ticket shop answers any more.",
  happens: [
    to(tickets, "both processes end", [loses("service"), becomes(uptimeMetrics.success, count(0, "checks"))], {
      lasts: minutes(20),
    }),
  ],
  pages: [by(tickets, "ServiceDown", { within: minutes(3) })],
  // What is down can't be scraped: that is said already.
  silent: [never(monitoring, ["TargetDown", "AllTargetsDown"])],
});
