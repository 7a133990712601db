import { drill, hours, load, to } from "@watchbill/model";
import { boulderFest } from "../services/boulder-fest";

export const marketingPeak = drill("marketing-peak", {
  title: "A newsletter brings six times as many visitors; all of them are served. Nobody is called.",
  watched: hours(3),
  happens: [to(boulderFest, "the newsletter goes out", [load(6)], { lasts: hours(2) })],
});
