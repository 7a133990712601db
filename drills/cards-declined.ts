import { drill, minutes, never, percent, to, turns } from "@watchbill/model";
import { tickets } from "../services/tickets";

export const cardsDeclined = drill("cards-declined", {
  title: "Banks decline one card in eight. That is their answer, and nothing of ours is broken.",
  happens: [
    to(
      tickets,
      "banks decline more cards than usual",
      [turns(tickets.own.ordersCreated, percent(12), { status: "declined" })],
      { lasts: minutes(60) },
    ),
  ],
  silent: [never(tickets, ["PaymentFailureRatioHigh", "SalesStopped"])],
});
