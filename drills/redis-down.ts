import {
  accessMetrics,
  becomes,
  by,
  cacheMetrics,
  count,
  drill,
  httpServerMetrics,
  minutes,
  never,
  paymentMetrics,
  percent,
  redisMetrics,
  to,
  turns,
  uptimeMetrics,
} from "@watchbill/model";
import { tikit } from "../services/tikit";

export const redisDown = drill("redis-down", {
  title: "Redis stops: five things fail at once, and one page says why.",
  happens: [
    to(
      tikit,
      "Redis stops; sessions, caches and payments go with it",
      [
        becomes(redisMetrics.redisUp, count(0, "servers")),
        becomes(uptimeMetrics.success, count(0, "checks")),
        turns(httpServerMetrics.requests, percent(90), { status: "500" }),
        turns(paymentMetrics.payments, percent(90), { status: "failed" }),
        turns(cacheMetrics.cacheRequests, percent(100), { result: "miss" }),
        turns(accessMetrics.authenticationAttempts, percent(90), { result: "denied" }),
      ],
      { lasts: minutes(20) },
    ),
  ],
  pages: [by(tikit, "RedisDown", { within: minutes(3) })],
  silent: [never(tikit, ["ServiceDown", "HttpErrorRatioHigh", "AuthenticationDenialRatioHigh"])],
});
