import { type TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

interface TerraformDataConfig extends TerraformMetaArguments {
  /** Kept in Terraform's state; a change of it is recorded and does nothing else. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** A change of it replaces the resource. */
  readonly triggersReplace?: Readonly<Record<string, unknown>>;
}

/**
 * Terraform's built-in `terraform_data`, for which no provider is downloaded. CDKTF's own binding of it runs `terraform
 * version` once a resource while it synthesizes, 70 ms each; the set-up has looked at the version by then.
 */
export class TerraformData extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: TerraformDataConfig,
  ) {
    super(scope, id, { ...config, terraformResourceType: "terraform_data" });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.config.input, triggers_replace: this.config.triggersReplace };
  }
}
