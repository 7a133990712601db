import type { TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { ThinResource } from "../resource";
import { grafana } from "./provider";

/** The base of a binding: a resource of one type, with the two attributes that all of Grafana's have. */
export function grafanaResource<Config extends TerraformMetaArguments>(type: string) {
  return class extends ThinResource {
    static readonly tfResourceType = type;

    constructor(scope: Construct, id: string, config: Config) {
      super(scope, id, { type, provider: grafana }, config);
    }

    get id(): string {
      return this.getStringAttribute("id");
    }

    get uid(): string {
      return this.getStringAttribute("uid");
    }
  };
}
