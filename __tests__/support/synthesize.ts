import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";

/** Terraform's JSON, as far as tests look at it. */
export interface Synthesized {
  readonly text: string;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly locals?: Readonly<Record<string, unknown>>;
  readonly terraform: { readonly required_providers: Record<string, { source: string; version: string }> };
  readonly provider: Readonly<Record<string, readonly Record<string, unknown>[]>>;
  // biome-ignore lint/suspicious/noExplicitAny: a resource's shape is what the tests are about.
  readonly resource: Readonly<Record<string, Record<string, any>>>;
}

/** What a stack of only these constructs becomes. */
export function synthesize(build: (scope: Construct) => void): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), "watchbill-out-"));
  try {
    const stack = new TerraformStack(Testing.app({ outdir }), "production");
    build(stack);
    const text = Testing.synth(stack);
    return { text, ...JSON.parse(text) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
