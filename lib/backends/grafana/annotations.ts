import type { Environment, Service } from "@watchbill/model";
import { lapsed } from "../../lapse";
import { type Annotation, chosenDataSource } from "./json-model";
import { formatInterval } from "./style";

/** The times at which alerts of the service were firing, drawn into every panel. */
export const firingAlerts = (environment: Environment, service: Service): Annotation => ({
  name: "Firing alerts",
  enable: true,
  hide: false,
  iconColor: "red",
  datasource: chosenDataSource,
  expr: `ALERTS{service="${service.name}",alertstate="firing"}`,
  titleFormat: "{{alertname}}",
  textFormat: "{{severity}} {{instance}}",
  tagKeys: "severity,priority",
  step: formatInterval(lapsed(environment, { value: 30, unit: "seconds" })),
});
