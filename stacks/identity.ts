import { TerraformElement, type TerraformResource } from "cdktf";

/**
 * Gives a resource the name it keeps in Terraform: its key, whatever construct it stands in and in whatever order. A
 * resource that was renamed is moved in Terraform's state: from the oldest of its former keys to the next, and so on.
 */
export function identify(resource: TerraformResource, key: string, formerly: readonly string[] = []): void {
  resource.overrideLogicalId(identifier(key));
  if (formerly.length > 0) new Moves(resource, resource.terraformResourceType, [...formerly, key].map(identifier));
}

function identifier(key: string): string {
  if (!/^[A-Za-z][\w-]*$/.test(key)) throw new Error(`"${key}" can't be a Terraform identifier`);
  return key;
}

/** Terraform takes one move to an address, so several former ones are a chain; CDKTF's own moves know no chains. */
class Moves extends TerraformElement {
  constructor(
    resource: TerraformResource,
    private readonly type: string,
    private readonly chain: readonly string[],
  ) {
    super(resource, "moves");
  }

  override toTerraform(): object {
    const address = (key: string) => `${this.type}.${key}`;
    const moved = this.chain.slice(1).map((key, index) => ({
      from: address(this.chain[index] as string),
      to: address(key),
    }));
    return { moved };
  }
}
