import {
  becomes,
  by,
  count,
  databaseMetrics,
  drill,
  httpServerMetrics,
  minutes,
  stretches,
  to,
} from "@watchbill/model";
import { tikit } from "../services/tikit";

export const poolExhausted = drill("pool-exhausted", {
  title: "Every connection of the pool is taken, and requests wait for one.",
  happens: [
    to(
      tikit,
      "no connection is free; requests take ten times as long",
      [
        becomes(databaseMetrics.databasePoolAvailable, count(0, "connections")),
        stretches(httpServerMetrics.duration, 10),
        stretches(databaseMetrics.databaseQueryDuration, 10),
      ],
      { lasts: minutes(25) },
    ),
  ],
  tells: [by(tikit, "DatabasePoolUsageHigh", { within: minutes(7) })],
});
