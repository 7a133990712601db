import type { Environment } from "@watchbill/model";
import { toYaml } from "../../yaml";
import type { Backend } from "../backend";
import { heartbeatReceivers } from "./heartbeat";
import { inhibitRules } from "./inhibition";
import { called, receiver, secretFile } from "./receiver";
import { fallback, inhibitorReceivers, routeTree } from "./route";
import { messageTemplate } from "./template";
import { timeIntervals } from "./time-interval";

export type AlertmanagerConfig = Readonly<Record<string, unknown>>;

function mailSettings({ mail }: Environment) {
  if (!mail) return {};
  return {
    global: {
      smtp_smarthost: mail.smarthost,
      smtp_from: mail.from,
      ...(mail.username !== undefined && { smtp_auth_username: mail.username }),
      ...(mail.password && { smtp_auth_password_file: secretFile(mail.password.secret) }),
      smtp_require_tls: mail.requireTls ?? true,
    },
  };
}

/** alertmanager.yml and the templates of its messages. */
export const alertmanager: Backend<AlertmanagerConfig> = ({ environment, services }) => {
  const intervals = timeIntervals(environment);
  const config = {
    ...mailSettings(environment),
    templates: ["templates/*.tmpl"],
    route: routeTree(environment, services),
    inhibit_rules: inhibitRules(services),
    ...(intervals.length > 0 && { time_intervals: intervals }),
    receivers: [
      receiver(fallback, environment.notify.high, "high", environment),
      ...heartbeatReceivers(environment),
      ...inhibitorReceivers(services),
      ...called(environment).map((one) => receiver(one.receiver, one.channels, one.severity, environment)),
    ],
  };
  return {
    data: config,
    files: {
      "alertmanager/alertmanager.yml": toYaml(config),
      "alertmanager/templates/watchbill.tmpl": messageTemplate,
    },
    diagnostics: [],
  };
};
