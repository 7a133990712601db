import { by, drill, gibibytes, grows, hostMetrics, hours, to } from "@watchbill/model";
import { tikit } from "../services/tikit";

export const diskFills = drill("disk-fills", {
  title: "A log is written so fast that the disk is full within fifteen hours.",
  watched: hours(8),
  happens: [
    to(
      tikit,
      "a log begins to grow",
      [grows(hostMetrics.filesystemAvailable, { to: gibibytes(0), within: hours(15) })],
      {
        lasts: hours(7.5),
      },
    ),
  ],
  tells: [by(tikit, "HostDiskFillsSoon", { within: hours(6) })],
});
