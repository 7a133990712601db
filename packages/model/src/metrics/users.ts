import { gauge } from "../metric";

/** Who is there. Every instance tells the same number, as it is counted in what they share. */
export const userMetrics = {
  activeUsers: gauge("active_users", { unit: "users", help: "Users active in the last five minutes." }),
};
