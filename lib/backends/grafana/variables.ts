import type { Service } from "@watchbill/model";
import { chosenDataSource, type Variable } from "./json-model";
import type { GrafanaDataSource } from "./resources";

const all = { selected: true, text: ["All"], value: ["$__all"] };

function labelValues(name: string, label: string, series: string): Variable {
  const query = `label_values(${series}, ${name})`;
  return {
    type: "query",
    name,
    label,
    datasource: chosenDataSource,
    query,
    definition: query,
    multi: true,
    includeAll: true,
    allValue: ".+",
    current: all,
    // On time range change: an instance that is gone by now can be chosen where it was there.
    refresh: 2,
    sort: 1,
    options: [],
    regex: "",
    hide: 0,
  };
}

/** What can be chosen on top of a dashboard: the data source, and which of the service's targets are shown. */
export const variables = (service: Service, { name, uid }: GrafanaDataSource): Variable[] => [
  {
    type: "datasource",
    name: "datasource",
    label: "Data source",
    query: "prometheus",
    current: { selected: true, text: name, value: uid },
    refresh: 1,
    options: [],
    regex: "",
    hide: 0,
  },
  labelValues("job", "Job", `up{service="${service.name}"}`),
  labelValues("instance", "Instance", `up{service="${service.name}",job=~"$job"}`),
];
