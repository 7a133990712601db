import { largest, pack, panel, userMetrics } from "@watchbill/model";

const series = [{ legend: "users", of: largest(userMetrics.activeUsers) }] as const;
const said = { title: "Active users", description: "Users active in the last five minutes." } as const;

/** How many users there are, for those who look at sales and for those who ask whether anybody is hurt. */
export const activeUsers = () =>
  pack("active-users", {
    metrics: userMetrics,
    panels: [
      panel("active-users", { ...said, on: "business", section: "Users", series }),
      panel("active-users-now", { ...said, on: "main", section: "Business", series }),
    ],
  });
