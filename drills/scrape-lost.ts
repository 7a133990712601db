import { by, drill, loses, minutes, to } from "@watchbill/model";
import { inkwave } from "../services/inkwave";
import { monitoring } from "../services/monitoring";

export const scrapeLost = drill("scrape-lost", {
  title: "InkWave works, but Prometheus no longer reaches its metrics: its alerts are blind.",
  happens: [to(inkwave, "both processes refuse the scrape", [loses("service")], { lasts: minutes(30) })],
  tells: [by(monitoring, "TargetDown", { within: minutes(7) })],
});
