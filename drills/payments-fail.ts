import { by, drill, externalApis, minutes, paymentMetrics, percent, to, turns } from "@watchbill/model";
import { boulderFest } from "../services/boulder-fest";

const { stripe } = externalApis(["stripe", "brevo"]);

export const paymentsFail = drill("payments-fail", {
  title: "The payment provider fails four payments in five.",
  happens: [
    to(
      boulderFest,
      "Stripe answers with errors",
      [
        turns(stripe.calls, percent(80), { status: "error" }),
        turns(paymentMetrics.payments, percent(80), { status: "failed" }),
      ],
      { lasts: minutes(30) },
    ),
  ],
  pages: [by(boulderFest, "PaymentFailureRatioHigh", { within: minutes(3) })],
});
