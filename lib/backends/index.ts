import type { BackendName } from "@watchbill/model";
import { alertmanager } from "./alertmanager";
import type { Backend } from "./backend";
import { blackbox } from "./blackbox";
import { datadog } from "./datadog";
import { grafana } from "./grafana";
import { prometheus } from "./prometheus";

/** Every backend, by name; the compiler refuses one that is missing. */
export const backends = { prometheus, alertmanager, blackbox, grafana, datadog } satisfies Record<
  BackendName,
  Backend<unknown>
>;
