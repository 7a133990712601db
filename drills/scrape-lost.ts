import { by, drill, loses, minutes, never, to } from "@watchbill/model";
import { inkwave } from "../services/inkwave";
import { monitoring } from "../services/monitoring";

export const scrapeLost = drill("scrape-lost", {
  title: "InkWave works, but Prometheus no longer reaches its metrics: its alerts are blind.",
  happens: [to(inkwave, "both processes refuse the scrape", [loses("service")], { lasts: minutes(30) })],
  pages: [by(monitoring, "AllTargetsDown", { within: minutes(3) })],
  // Of both processes that is said already.
  silent: [never(monitoring, "TargetDown")],
});
