import { by, drill, hours, minutes, multiplies, to } from "@watchbill/model";
import { tickets } from "../services/tickets";

export const noSalesByDay = drill("no-sales-by-day", {
  title: "Nobody can buy a ticket in the middle of a working day, and no other measure sees why.",
  begins: "2026-03-10T11:00",
  watched: hours(3),
  happens: [to(tickets, "the last ticket is sold", [multiplies(tickets.own.ticketsSold, 0)], { lasts: hours(2.5) })],
  tells: [by(tickets, "SalesStopped", { within: minutes(70), notBefore: minutes(55) })],
});
