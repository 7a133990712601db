import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Diagnostic } from "@watchbill/model";

const run = promisify(execFile);

/** `terraform_data`, `postcondition` and `replace_triggered_by` are there from 1.4, and CDKTF asks for no later one. */
const oldest = [1, 5] as const;

interface FailedRun {
  /** The exit code, or the reason why it could not be run. */
  readonly code: number | string;
  readonly message: string;
}

/** What is wrong with the Terraform on the PATH, or with the one that TERRAFORM_BINARY_NAME names as CDKTF reads it. */
export async function terraformMistakes(
  binary = process.env.TERRAFORM_BINARY_NAME ?? "terraform",
): Promise<Diagnostic[]> {
  const hint = `install Terraform ${oldest.join(".")} or later: https://developer.hashicorp.com/terraform/install`;
  const mistake = (code: string, message: string): Diagnostic[] => [
    { code, severity: "error", path: "this machine", message, hint },
  ];
  const environment = { ...process.env, CHECKPOINT_DISABLE: "1" };
  const answer = await run(binary, ["version", "-json"], { env: environment }).catch((error: FailedRun) => ({ error }));
  if ("error" in answer) {
    const { code, message } = answer.error;
    if (code === "ENOENT") return mistake("terraform-missing", `${binary} is not on the PATH`);
    return mistake("terraform-broken", `${binary} version fails: ${message.trim().split("\n").at(-1)}`);
  }
  const version = terraformVersion(answer.stdout);
  if (version === undefined) return mistake("terraform-broken", `${binary} does not say its version`);
  if (isAtLeast(version, oldest)) return [];
  return mistake("terraform-old", `${binary} is ${version}, which is too old`);
}

/** The version in what `terraform version -json` prints. */
function terraformVersion(printed: string): string | undefined {
  return /"terraform_version":\s*"([^"]+)"/.exec(printed)?.[1];
}

/** Whether a version such as `1.11.4` or `1.6.0-beta1` is the given one or a later one. */
export function isAtLeast(version: string, wanted: readonly number[]): boolean {
  const parts = version.split(/[.+-]/).map(Number);
  for (const [index, number] of wanted.entries()) {
    const part = parts[index] ?? 0;
    if (part !== number) return part > number;
  }
  return true;
}
