import { minutes, percent } from "@watchbill/model";

/** What the machine of every service is watched for. How much of its memory may be taken is each service's own. */
export const machine = {
  disk: { above: percent(80), for: minutes(10) },
  diskFills: { for: minutes(30) },
  cpu: { above: percent(90), for: minutes(15) },
};
