import { DowntimeSchedule, type DowntimeScheduleConfig } from "@cdktf/provider-datadog/lib/downtime-schedule";
import { Token } from "cdktf";
import type { Construct } from "constructs";
import { referenceTo } from "../../lib/backends/datadog/reference";
import type { Downtime } from "../../lib/backends/datadog/resources";
import { escapeTerraform, type Mutable } from "../../lib/terraform-text";
import { identify } from "../identity";
import type { Resolve } from "./resolve";

export function addDowntime(scope: Construct, downtime: Downtime, resolve: Resolve): void {
  const { key, formerly, monitors, schedule, ...rest } = resolve(escapeTerraform(downtime));
  const monitorIdentifier =
    "tags" in monitors
      ? { monitorTags: monitors.tags }
      : { monitorId: Token.asNumber(resolve(referenceTo("monitor", monitors.monitor))) };
  const resource = new DowntimeSchedule(scope, `downtime-${key}`, {
    ...rest,
    monitorIdentifier,
    ...scheduleConfig(schedule),
  });
  // What is over is left out, or an environment that is made later could not be applied.
  if (schedule.kind === "one-time" && schedule.end) resource.addOverride("count", `\${${until(schedule.end)} ? 1 : 0}`);
  identify(resource, key, formerly);
}

function scheduleConfig(
  schedule: Mutable<Downtime["schedule"]>,
): Pick<DowntimeScheduleConfig, "oneTimeSchedule" | "recurringSchedule"> {
  if (schedule.kind === "recurring") {
    return { recurringSchedule: { timezone: schedule.timezone, recurrence: schedule.recurrences } };
  }
  const { kind, start, ...rest } = schedule;
  // Datadog takes no start in the past: what goes on already begins at once, and what was begun stays as it is.
  return { oneTimeSchedule: { start: `\${${until(start)} ? "${start}" : null}`, ...rest } };
}

/** A condition of Terraform's: whether the plan is made before a moment. */
const until = (moment: string) => `timecmp(plantimestamp(), "${moment}") < 0`;
