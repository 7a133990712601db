import { type Environment, formerNames, type Service } from "@watchbill/model";
import { lapsed } from "../../lapse";
import { type Annotation, chosenDataSource } from "./json-model";
import { formatInterval, oneOf } from "./style";

/** The times at which alerts of the service were firing, under whatever name it had, drawn into every panel. */
export const firingAlerts = (environment: Environment, service: Service): Annotation => ({
  name: "Firing alerts",
  enable: true,
  hide: false,
  iconColor: "red",
  datasource: chosenDataSource,
  expr: `ALERTS{${oneOf("service", [service.name, ...formerNames(service)])},alertstate="firing"}`,
  titleFormat: "{{alertname}}",
  textFormat: "{{severity}} {{instance}}",
  tagKeys: "severity,priority",
  step: formatInterval(lapsed(environment, { value: 30, unit: "seconds" })),
});
