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
  identify(resource, key, formerly);
}

function scheduleConfig(
  schedule: Mutable<Downtime["schedule"]>,
): Pick<DowntimeScheduleConfig, "oneTimeSchedule" | "recurringSchedule"> {
  if (schedule.kind === "recurring") {
    return { recurringSchedule: { timezone: schedule.timezone, recurrence: schedule.recurrences } };
  }
  const { kind, ...oneTimeSchedule } = schedule;
  return { oneTimeSchedule };
}
