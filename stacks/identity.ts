import type { TerraformResource } from "cdktf";

/**
 * Gives a resource the name it keeps in Terraform: its key, whatever construct it stands in and in whatever order. A
 * resource that was renamed is moved in Terraform's state.
 */
export function identify(resource: TerraformResource, key: string, formerly?: string): void {
  resource.overrideLogicalId(identifier(key));
  if (formerly !== undefined) resource.moveFromId(`${resource.terraformResourceType}.${identifier(formerly)}`);
}

function identifier(key: string): string {
  if (!/^[A-Za-z][\w-]*$/.test(key)) throw new Error(`"${key}" can't be a Terraform identifier`);
  return key;
}
