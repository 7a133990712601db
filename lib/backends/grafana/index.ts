import type { Environment } from "@watchbill/model";
import { addressIn } from "../../addresses";
import { deferred } from "../../deferred";
import { toJson } from "../../json";
import { lapsed } from "../../lapse";
import type { Backend } from "../backend";
import { toDashboard } from "./dashboard";
import { mistakes } from "./mistakes";
import type { GrafanaData, GrafanaDataSource } from "./resources";
import { formatInterval } from "./style";

const dataSourceOf = (environment: Environment): GrafanaDataSource => ({
  uid: "watchbill-prometheus",
  name: "Prometheus",
  type: "prometheus",
  url: `http://${addressIn(environment)("prometheus")}`,
  options: { httpMethod: "POST", timeInterval: formatInterval(lapsed(environment, environment.scrapeEvery)) },
});

/** A dashboard for each service and each of the environment's dashboards that the service has something to show on. */
export const grafana: Backend<GrafanaData> = ({ environment, services }) => {
  const dataSource = dataSourceOf(environment);
  const dashboards = services.flatMap((service) =>
    environment.dashboards.flatMap((one) => toDashboard(environment, service, one, dataSource) ?? []),
  );
  return {
    data: { folder: { uid: "watchbill", title: "Watchbill" }, dataSource, dashboards },
    files: deferred(
      Object.fromEntries(dashboards.map(({ uid, json }) => [`grafana/dashboards/${uid}.json`, () => toJson(json)])),
    ),
    diagnostics: mistakes(environment, services),
  };
};
