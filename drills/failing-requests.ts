import { by, drill, httpServerMetrics, minutes, percent, to, turns } from "@watchbill/model";
import { boulderFest } from "../services/boulder-fest";

export const failingRequests = drill("failing-requests", {
  title: "Every request fails, though the health check finds nothing.",
  happens: [
    to(boulderFest, "requests end in 500", [turns(httpServerMetrics.requests, percent(100), { status: "500" })], {
      lasts: minutes(20),
    }),
  ],
  pages: [by(boulderFest, "ErrorBudgetBurnFast", { within: minutes(3) })],
});
