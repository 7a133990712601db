import type { Service } from "@watchbill/model";

/** Whether a service watches the watching: it reads what Prometheus says of its own scrapes, which is about all others. */
export const watches = ({ metrics }: Service): boolean =>
  Object.values(metrics).some(({ source }) => source === "scrape");
