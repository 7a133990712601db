import { TerraformStack } from "cdktf";

/**
 * A stack that reads nothing of any other. CDKTF resolves each resource once more before it writes a stack, only to find
 * references to other stacks; where there are none, that is a third of a synthesis for nothing.
 */
export class IndependentStack extends TerraformStack {
  override prepareStack(): void {
    this.ensureBackendExists();
  }
}
