import { SyntheticsTest as SyntheticsTestResource } from "@cdktf/provider-datadog/lib/synthetics-test";
import type { Construct } from "constructs";
import type { SyntheticsAssertion, SyntheticsOptions, SyntheticsTest } from "../../lib/backends/datadog/resources";
import { escapeTerraform, type Mutable } from "../../lib/terraform-text";
import { identify } from "../identity";
import type { Resolve } from "./resolve";

export function addSyntheticsTest(scope: Construct, test: SyntheticsTest, resolve: Resolve): void {
  const { key, formerly, request, assertions, options, ...rest } = resolve(escapeTerraform(test));
  const { port, ...requestDefinition } = request;
  const resource = new SyntheticsTestResource(scope, `synthetics-${key}`, {
    ...rest,
    type: "api",
    requestDefinition: { ...requestDefinition, ...(port !== undefined && { port: String(port) }) },
    assertion: assertions.map(assertionConfig),
    optionsList: optionsConfig(options),
  });
  identify(resource, key, formerly);
}

function assertionConfig({ target, jsonPath, ...rest }: Mutable<SyntheticsAssertion>) {
  return {
    ...rest,
    ...(target !== undefined && { target: String(target) }),
    ...(jsonPath && {
      targetjsonpath: {
        jsonpath: jsonPath.path,
        operator: jsonPath.operator,
        ...(jsonPath.value !== undefined && { targetvalue: jsonPath.value }),
      },
    }),
  };
}

function optionsConfig({ renotifyInterval, ...rest }: Mutable<SyntheticsOptions>) {
  return { ...rest, ...(renotifyInterval !== undefined && { monitorOptions: { renotifyInterval } }) };
}
