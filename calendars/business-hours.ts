import { calendar } from "@watchbill/model";
import { holidays } from "./holidays";

/** When somebody is in the office, and when somebody always buys. */
export const businessHours = calendar("business-hours", {
  zone: "Europe/London",
  from: "09:00",
  to: "18:00",
  holidays,
});
