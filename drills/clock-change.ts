import { by, drill, hours, minutes, multiplies, to } from "@watchbill/model";
import { tickets } from "../services/tickets";

export const clockChange = drill("clock-change", {
  title: "The clocks go forward on Sunday; on Monday the office opens an hour sooner than UTC has it.",
  begins: "2026-03-29T00:30",
  healthy: hours(2),
  watched: hours(36),
  happens: [to(tickets, "nothing is sold from that night on", [multiplies(tickets.own.ticketsSold, 0)])],
  // The office opens on Monday at 9:00, 31 and a half hours after; an hour later the silence counts as one.
  tells: [by(tickets, "SalesStopped", { notBefore: hours(32.5), within: minutes(32.5 * 60 + 10) })],
});
