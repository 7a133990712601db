import {
  days,
  drill,
  hours,
  httpServerMetrics,
  load,
  loses,
  minutes,
  type Phase,
  percent,
  restarts,
  type Service,
  seconds,
  to,
  turns,
} from "@watchbill/model";
import { services } from "../services";

const month = days(30);
const daily = { every: days(1), times: 30 } as const;

/** Each service deploys at other minutes, and has its small troubles on other days. */
function lifeOf(service: Service, index: number): readonly Phase[] {
  const blip = [restarts(), turns(httpServerMetrics.requests, percent(33), { status: "502" })];
  const shift = index * 11;
  return [
    to(service, "the deploy of the morning", blip, {
      ...daily,
      after: minutes(10 * 60 + shift + 7),
      lasts: seconds(30),
    }),
    to(service, "the deploy of the afternoon", blip, {
      ...daily,
      after: minutes(15 * 60 + shift + 23),
      lasts: seconds(30),
    }),
    to(service, "one process crashes", [restarts(1)], {
      after: hours(52 + index * 7),
      lasts: seconds(15),
      every: days(6),
      times: 5,
    }),
    to(service, "a scrape is lost", [loses("service", 1)], {
      after: minutes(40 + shift),
      lasts: seconds(20),
      every: hours(13),
      times: 55,
    }),
    to(service, "the network between is gone for a minute", [loses("service"), loses("node")], {
      after: hours(100 + index * 5),
      lasts: minutes(1),
      every: days(9),
      times: 3,
    }),
    to(service, "a newsletter goes out", [load(4)], { after: days(11 + index), lasts: hours(3) }),
    to(service, "a holiday", [load(0.5)], { after: days(20), lasts: days(1) }),
  ];
}

/**
 * A month of all services as it is when nothing is wrong: days and nights, weeks and week-ends, the change to summer time,
 * two deploys a day, crashes that nobody notices, scrapes that get lost, a newsletter, a holiday.
 */
export const quietMonth = drill("quiet-month", {
  title: "A month in which nothing is wrong. Nobody is called.",
  begins: "2026-03-02T00:00",
  zone: "UTC",
  healthy: hours(6),
  watched: month,
  happens: services.flatMap(lifeOf),
});
