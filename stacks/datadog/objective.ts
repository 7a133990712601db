import {
  ServiceLevelObjective as ObjectiveResource,
  type ServiceLevelObjectiveConfig,
} from "@cdktf/provider-datadog/lib/service-level-objective";
import { Token } from "cdktf";
import type { Construct } from "constructs";
import { referenceTo } from "../../lib/backends/datadog/reference";
import type { ObjectiveIndicator, ServiceLevelObjective } from "../../lib/backends/datadog/resources";
import { escapeTerraform, type Mutable } from "../../lib/terraform-text";
import { identify } from "../identity";
import type { Needs } from "./distributions";
import type { Resolve } from "./resolve";

export function addObjective(scope: Construct, objective: ServiceLevelObjective, resolve: Resolve, needs: Needs): void {
  const { key, formerly, indicator, ...rest } = resolve(escapeTerraform(objective));
  const resource = new ObjectiveResource(scope, `objective-${key}`, {
    ...rest,
    type: indicator.type,
    ...needs(...queriesOf(objective.indicator)),
    ...indicatorConfig(indicator, resolve),
  });
  identify(resource, key, formerly);
}

function queriesOf(indicator: ObjectiveIndicator): readonly string[] {
  switch (indicator.type) {
    case "metric":
      return [indicator.numerator, indicator.denominator];
    case "time_slice":
      return indicator.queries.map(({ query }) => query);
    case "monitor":
      return [];
  }
}

function indicatorConfig(
  indicator: Mutable<ObjectiveIndicator>,
  resolve: Resolve,
): Pick<ServiceLevelObjectiveConfig, "query" | "sliSpecification" | "monitorIds"> {
  switch (indicator.type) {
    case "metric":
      return { query: { numerator: indicator.numerator, denominator: indicator.denominator } };
    case "time_slice": {
      const { type, formula, queries, ...timeSlice } = indicator;
      const query = {
        formula: { formulaExpression: formula },
        query: queries.map((metricQuery) => ({ metricQuery: { dataSource: "metrics", ...metricQuery } })),
      };
      return { sliSpecification: { timeSlice: { ...timeSlice, query } } };
    }
    case "monitor":
      return { monitorIds: indicator.monitors.map((key) => Token.asNumber(resolve(referenceTo("monitor", key)))) };
  }
}
