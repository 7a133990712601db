import { calendar, weekdays } from "@watchbill/model";
import { holidays } from "./holidays";

/** Day and night, but for the days that are like no other: what is unusual on them says nothing. */
export const ordinaryDays = calendar("ordinary-days", {
  zone: "Europe/London",
  from: "00:00",
  to: "24:00",
  days: weekdays,
  holidays,
});
