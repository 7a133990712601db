import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatDiagnostic } from "@watchbill/model";
import { isAtLeast, terraformMistakes } from "../../../../lib/runtime/prerequisites/terraform";

const folder = mkdtempSync(join(tmpdir(), "watchbill-terraform-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fake(script: string): string {
  const file = join(folder, "terraform");
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const lines = async (binary: string) => (await terraformMistakes(binary)).map(formatDiagnostic);
const wayOut = "install Terraform 1.5 or later: https://developer.hashicorp.com/terraform/install";

test("a Terraform that is recent enough is no mistake", async () => {
  expect(await lines(fake(`echo '{"terraform_version": "1.5.0"}'`))).toEqual([]);
});

test("one that is too old is a line with its version and the way out", async () => {
  const binary = fake(`echo '{"terraform_version": "1.4.7"}'`);
  expect(await lines(binary)).toEqual([
    `error terraform-old [this machine]: ${binary} is 1.4.7, which is too old → ${wayOut}`,
  ]);
});

test("a missing one is a line with the way out", async () => {
  expect(await lines("no-such-terraform")).toEqual([
    `error terraform-missing [this machine]: no-such-terraform is not on the PATH → ${wayOut}`,
  ]);
});

test("one that fails or says nothing is a line of its own", async () => {
  const failing = fake("echo broken pipe >&2; exit 3");
  expect(await lines(failing)).toEqual([
    `error terraform-broken [this machine]: ${failing} version fails: broken pipe → ${wayOut}`,
  ]);
  const silent = fake("true");
  expect(await lines(silent)).toEqual([
    `error terraform-broken [this machine]: ${silent} does not say its version → ${wayOut}`,
  ]);
});

test.each([
  ["1.5.0", true],
  ["1.11.4", true],
  ["2.0", true],
  ["1.6.0-beta1", true],
  ["1.4.99", false],
  ["0.15.5", false],
])("%s is at least 1.5: %s", (version, answer) => {
  expect(isAtLeast(version, [1, 5])).toBe(answer);
});
