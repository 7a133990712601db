import { counter } from "../metric";

/** How payments end. Only `failed` is for us to mend: a bank that declines has answered. */
export const paymentMetrics = {
  payments: counter("payments_total", {
    counts: "payments",
    help: "Payments, by how they ended; declined is the bank's answer, failed is ours or the provider's fault.",
    labels: { status: ["succeeded", "declined", "failed"] },
  }),
};
