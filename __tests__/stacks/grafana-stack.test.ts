// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is how Terraform writes a reference.
import { TerraformResource } from "cdktf";
import { type GrafanaDashboard, GrafanaResources } from "../../stacks/grafana-stack";
import { synthesize } from "../support/synthesize";

const folder = { uid: "watchbill", title: "Watchbill" };
const dashboard = (uid: string, json = {}): GrafanaDashboard => ({ uid, title: `The ${uid}`, json });
const resourcesOf = (...dashboards: GrafanaDashboard[]) =>
  synthesize((scope) => new GrafanaResources(scope, "grafana", { folder, dashboards })).resource;

describe("what Grafana is given", () => {
  test("a dashboard is known by its uid, whatever stands before it", () => {
    const alone = resourcesOf(dashboard("tickets-main"));
    const second = resourcesOf(dashboard("aaa"), dashboard("tickets-main"));
    expect(Object.keys(alone.grafana_dashboard ?? {})).toEqual(["tickets-main"]);
    expect(second.grafana_dashboard?.["tickets-main"]).toEqual(alone.grafana_dashboard?.["tickets-main"]);
  });

  test("a dashboard stands in the folder and carries its uid and title in its model", () => {
    const { grafana_dashboard } = resourcesOf(dashboard("tickets-main", { panels: [] }));
    expect(grafana_dashboard?.["tickets-main"]).toEqual({
      config_json: JSON.stringify({ panels: [], uid: "tickets-main", title: "The tickets-main" }),
      folder: "${grafana_folder.watchbill.uid}",
      overwrite: true,
    });
  });

  test("Grafana's own variables are no template for Terraform", () => {
    const { grafana_dashboard } = resourcesOf(dashboard("tickets-main", { legend: "${job} {{ instance }}" }));
    expect(grafana_dashboard?.["tickets-main"].config_json).toContain('"legend":"$${job} {{ instance }}"');
  });

  test("the dashboards wait for the data source that they read", () => {
    const dataSource = {
      uid: "prometheus",
      name: "Prometheus",
      type: "prometheus",
      url: "http://prometheus:9090",
      options: { httpMethod: "POST" },
    };
    const { resource } = synthesize(
      (scope) =>
        new GrafanaResources(scope, "grafana", { folder, dataSource, dashboards: [dashboard("tickets-main")] }),
    );
    expect(resource.grafana_data_source?.prometheus).toEqual({
      uid: "prometheus",
      name: "Prometheus",
      type: "prometheus",
      url: "http://prometheus:9090",
      is_default: true,
      json_data_encoded: '{"httpMethod":"POST"}',
    });
    expect(resource.grafana_dashboard?.["tickets-main"].depends_on).toEqual(["grafana_data_source.prometheus"]);
  });

  test("everything waits for Grafana's own server", () => {
    const { resource } = synthesize((scope) => {
      const server = new TerraformResource(scope, "server", { terraformResourceType: "docker_container" });
      const dataSource = { uid: "prometheus", name: "Prometheus", type: "prometheus", url: "http://prometheus:9090" };
      new GrafanaResources(scope, "grafana", { folder, dataSource, dashboards: [], dependsOn: [server] });
    });
    expect(resource.grafana_folder?.watchbill.depends_on).toEqual(["docker_container.server"]);
    expect(resource.grafana_data_source?.prometheus.depends_on).toEqual(["docker_container.server"]);
  });

  test("a uid that is no Terraform identifier is refused", () => {
    expect(() => resourcesOf(dashboard("1 main"))).toThrow('"1 main" can\'t be a Terraform identifier');
  });
});
