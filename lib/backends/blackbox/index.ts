import type { UptimeCheck } from "@watchbill/model";
import { blackboxModule } from "../../conventions";
import { formatDuration } from "../../lapse";
import { toYaml } from "../../yaml";
import type { Backend } from "../backend";

interface BlackboxModule {
  readonly prober: "http";
  readonly timeout: string;
  readonly http: Readonly<Record<string, unknown>>;
}

const escapeRegExp = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/**
 * One check as a module (https://github.com/prometheus/blackbox_exporter/blob/master/CONFIGURATION.md). An answer that
 * comes too late is a failure, so the time it may take is the time-out. Time-outs are never lapsed: users feel them.
 */
function blackboxModuleOf({ expect, timeout }: UptimeCheck): BlackboxModule {
  const within = expect.within && expect.within.value < timeout.value ? expect.within : timeout;
  return {
    prober: "http",
    timeout: formatDuration(within),
    http: {
      valid_status_codes: [expect.status],
      // A check that expects a redirect must see it.
      ...(expect.status >= 300 && expect.status < 400 && { follow_redirects: false }),
      preferred_ip_protocol: "ip4",
      ...(expect.body !== undefined && { fail_if_body_not_matches_regexp: [escapeRegExp(expect.body)] }),
    },
  };
}

/** blackbox.yml: a module a check. */
export const blackbox: Backend<Readonly<Record<string, BlackboxModule>>> = ({ services }) => {
  const modules = Object.fromEntries(
    services.flatMap((service) =>
      service.checks.map((check) => [blackboxModule(service.name, check.id), blackboxModuleOf(check)] as const),
    ),
  );
  return { data: modules, files: { "blackbox/blackbox.yml": toYaml({ modules }) }, diagnostics: [] };
};
