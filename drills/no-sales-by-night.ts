import { drill, hours, multiplies, never, to } from "@watchbill/model";
import { tickets } from "../services/tickets";

export const noSalesByNight = drill("no-sales-by-night", {
  title: "Nobody buys a ticket at night, as on most nights.",
  begins: "2026-03-10T22:00",
  watched: hours(11),
  happens: [
    to(tickets, "nothing is sold until half past eight", [multiplies(tickets.own.ticketsSold, 0)], {
      lasts: hours(10.5),
    }),
  ],
  silent: [never(tickets, "SalesStopped")],
});
