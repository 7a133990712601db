/** What must not compile in a drill; see vocabulary.ts. */
import {
  becomes,
  by,
  bytes,
  count,
  happens,
  httpServerMetrics,
  minutes,
  multiplies,
  never,
  nodeRuntimeMetrics,
  percent,
  postgresMetrics,
  seconds,
  stretches,
  to,
  turns,
} from "@watchbill/model";
import { tickets } from "../../services/tickets";

const { requests, duration } = httpServerMetrics;

to(tickets, "all is as it must be", [
  becomes(postgresMetrics.postgresUp, count(0, "servers")),
  turns(requests.where({ route: "/" }), percent(20), { status: "500" }),
  multiplies(tickets.own.ticketsSold, 0),
  stretches(duration, 10),
]);
by(tickets, ["ServiceDown", "ErrorBudgetBurnFast"], { within: minutes(3) });

// @ts-expect-error: bytes are no servers
becomes(postgresMetrics.postgresUp, bytes(0));
// @ts-expect-error: a counter does not stand at a value
becomes(requests, count(0, "requests"));
// @ts-expect-error: a gauge is not counted
multiplies(nodeRuntimeMetrics.heapUsed, 0);
// @ts-expect-error: only what is observed is stretched
stretches(requests, 10);
// @ts-expect-error: a share is not a time
turns(requests, seconds(20), { status: "500" });
// @ts-expect-error: there is no such label
turns(requests, percent(20), { state: "500" });
// @ts-expect-error: no payment ends like that
turns(tickets.own.ordersCreated, percent(20), { status: "lost" });
// @ts-expect-error: the service has no such metric of its own
multiplies(tickets.own.ticketsReturned, 0);
// @ts-expect-error: the service has no such alert
by(tickets, "DatabaseGone", { within: minutes(3) });
// @ts-expect-error: nor can it be silent
never(tickets, "RedisGone");
// @ts-expect-error: within what time?
by(tickets, "ServiceDown", {});
// @ts-expect-error: a label that the metric lacks has no usual values
happens(requests, { perRequest: 1, by: { state: { ok: 1 } } });
