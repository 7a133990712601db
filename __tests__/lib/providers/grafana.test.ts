// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is how Terraform writes a reference.
import { Dashboard } from "../../../lib/providers/grafana/dashboard";
import { DataSource } from "../../../lib/providers/grafana/data-source";
import { Folder } from "../../../lib/providers/grafana/folder";
import { GrafanaProvider } from "../../../lib/providers/grafana/provider";
import { ThinResource } from "../../../lib/providers/resource";
import { synthesize } from "../../support/synthesize";

describe("the Grafana bindings", () => {
  test("pin the provider and give it nothing but what is asked for", () => {
    const { terraform, provider } = synthesize((scope) => new GrafanaProvider(scope, "grafana"));
    expect(terraform.required_providers.grafana).toEqual({ source: "grafana/grafana", version: "4.45.0" });
    expect(provider.grafana).toEqual([{}]);
  });

  test("take an address and an alias", () => {
    const { provider } = synthesize(
      (scope) => new GrafanaProvider(scope, "grafana", { alias: "here", url: "http://127.0.0.1:3001", retries: 5 }),
    );
    expect(provider.grafana).toEqual([{ alias: "here", url: "http://127.0.0.1:3001", retries: 5 }]);
  });

  test("write their fields as the provider's attributes, and refer to each other", () => {
    const { resource } = synthesize((scope) => {
      const folder = new Folder(scope, "folder", { uid: "watchbill", title: "Watchbill" });
      const source = new DataSource(scope, "source", {
        name: "Prometheus",
        type: "prometheus",
        isDefault: true,
        jsonDataEncoded: "{}",
      });
      new Dashboard(scope, "dashboard", { configJson: "{}", folder: folder.uid, dependsOn: [source] });
    });
    expect(resource.grafana_data_source?.source).toEqual({
      name: "Prometheus",
      type: "prometheus",
      is_default: true,
      json_data_encoded: "{}",
    });
    expect(resource.grafana_dashboard?.dashboard).toEqual({
      config_json: "{}",
      folder: "${grafana_folder.folder.uid}",
      depends_on: ["grafana_data_source.source"],
    });
  });
});

describe("a thin resource", () => {
  class Thing extends ThinResource {}
  const binding = {
    type: "grafana_thing",
    provider: { source: "grafana/grafana", version: "1.0.0" },
    maps: ["headers"],
  };

  test("writes nested fields in snake case, but not the keys of a map", () => {
    const { resource } = synthesize((scope) => {
      const config = {
        retryPolicy: [{ maxTries: 3 }],
        headers: { "X-camelCase": "1" },
        lifecycle: { preventDestroy: true },
      };
      new Thing(scope, "thing", binding, config);
    });
    expect(resource.grafana_thing?.thing).toEqual({
      retry_policy: [{ max_tries: 3 }],
      headers: { "X-camelCase": "1" },
      lifecycle: { prevent_destroy: true },
    });
  });
});
