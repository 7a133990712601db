import { by, drill, httpServerMetrics, minutes, percent, to, turns } from "@watchbill/model";
import { tikit } from "../services/tikit";

const orders = httpServerMetrics.requests.where({ route: "/orders" });

export const oneRouteFails = drill("one-route-fails", {
  title: "Nobody can order: one route fails, the others answer.",
  happens: [to(tikit, "/orders ends in 500", [turns(orders, percent(100), { status: "500" })], { lasts: minutes(30) })],
  pages: [by(tikit, ["HttpErrorRatioHigh", "ErrorBudgetBurnFast"], { within: minutes(3) })],
});
