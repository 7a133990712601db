import { by, drill, hours, httpServerMetrics, minutes, percent, to, turns } from "@watchbill/model";
import { syncup } from "../services/syncup";

export const slowBurn = drill("slow-burn", {
  title: "One request in two hundred fails: too few to wake anybody, too many for the month.",
  watched: hours(3),
  happens: [
    to(syncup, "0.5 % of requests fail", [turns(httpServerMetrics.requests, percent(0.5), { status: "500" })], {
      lasts: hours(2.5),
    }),
  ],
  tells: [by(syncup, "ErrorBudgetBurnSlow", { within: minutes(90) })],
});
