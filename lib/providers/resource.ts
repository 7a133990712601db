import {
  type TerraformMetaArguments,
  TerraformProvider,
  type TerraformProviderGeneratorMetadata,
  TerraformResource,
  Tokenization,
} from "cdktf";
import type { Construct } from "constructs";

/** A provider for which npm has no bindings. */
export interface ProviderSource {
  /** `grafana/grafana` */
  readonly source: string;
  /** Exact: `4.45.0`. */
  readonly version: string;
}

/** What a binding knows of its resource; everything else is the same for all. */
export interface ResourceBinding {
  readonly type: string;
  readonly provider: ProviderSource;
  /** Attributes that are maps (`httpHeaders`): their keys are data and stay as they are. */
  readonly maps?: readonly string[];
}

/** A resource whose attributes are its configuration's fields, in snake case. */
export abstract class ThinResource extends TerraformResource {
  private readonly attributes: Record<string, unknown>;

  constructor(
    scope: Construct,
    id: string,
    private readonly binding: ResourceBinding,
    config: TerraformMetaArguments,
  ) {
    const { dependsOn, count, provider, lifecycle, forEach, provisioners, connection, ...attributes } = config;
    super(scope, id, {
      ...config,
      terraformResourceType: binding.type,
      terraformGeneratorMetadata: generatorMetadata(binding.provider),
    });
    this.attributes = attributes;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return inSnakeCase(this.attributes, this.binding.maps) as Record<string, unknown>;
  }
}

/** A provider's configuration. It has no field for a key: providers read those from the environment. */
export abstract class ThinProvider extends TerraformProvider {
  private readonly attributes: Record<string, unknown>;

  constructor(scope: Construct, id: string, provider: ProviderSource, config: { readonly alias?: string } = {}) {
    super(scope, id, {
      terraformResourceType: localName(provider),
      terraformGeneratorMetadata: generatorMetadata(provider),
      terraformProviderSource: provider.source,
    });
    if (config.alias !== undefined) this.alias = config.alias;
    this.attributes = { ...config };
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return inSnakeCase(this.attributes) as Record<string, unknown>;
  }
}

const localName = ({ source }: ProviderSource) => source.slice(source.indexOf("/") + 1);

const generatorMetadata = (provider: ProviderSource): TerraformProviderGeneratorMetadata => ({
  providerName: localName(provider),
  providerVersion: provider.version,
});

function inSnakeCase(value: unknown, maps: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((item) => inSnakeCase(item, maps));
  if (typeof value !== "object" || value === null || Tokenization.isResolvable(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [snakeCase(key), maps.includes(key) ? item : inSnakeCase(item, maps)]),
  );
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
