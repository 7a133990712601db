import { drill, httpServerMetrics, minutes, percent, restarts, seconds, to, turns } from "@watchbill/model";
import { tickets } from "../services/tickets";

export const deploy = drill("deploy", {
  title: "Two deploys: processes begin anew, and for 30 s a third of the requests fail. Nobody is called.",
  watched: minutes(90),
  happens: [
    to(tickets, "a deploy", [restarts(), turns(httpServerMetrics.requests, percent(33), { status: "502" })], {
      lasts: seconds(30),
      times: 2,
      every: minutes(40),
    }),
  ],
});
