import {
  becomes,
  by,
  count,
  databaseMetrics,
  drill,
  httpServerMetrics,
  minutes,
  multiplies,
  never,
  percent,
  postgresMetrics,
  to,
  turns,
  uptimeMetrics,
} from "@watchbill/model";
import { syncup } from "../services/syncup";

export const databaseDown = drill("database-down", {
  title: "PostgreSQL stops, and with it nearly everything of SyncUp.",
  happens: [
    to(
      syncup,
      "PostgreSQL stops; most requests need it",
      [
        becomes(postgresMetrics.postgresUp, count(0, "servers")),
        becomes(uptimeMetrics.success, count(0, "checks")),
        becomes(databaseMetrics.databasePoolAvailable, count(0, "connections")),
        multiplies(databaseMetrics.databaseConnectionErrors, 20_000),
        turns(httpServerMetrics.requests, percent(80), { status: "500" }),
      ],
      { lasts: minutes(15) },
    ),
  ],
  pages: [by(syncup, "DatabaseDown", { within: minutes(3) })],
  silent: [never(syncup, ["ServiceDown", "HttpErrorRatioHigh", "DatabasePoolUsageHigh"])],
});
