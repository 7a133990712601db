import { changesIn, wordsOfFailure } from "../../../lib/cli/terraform-words";

test("the number of resources is read from Terraform's last words", () => {
  const apply = "\nApply complete! Resources: 14 added, 0 changed, 2 destroyed.\n\nNo outputs found.";
  expect(changesIn(apply)).toEqual({ added: 14, changed: 0, destroyed: 2 });
  expect(changesIn("Destroy complete! Resources: 14 destroyed.")).toEqual({ added: 0, changed: 0, destroyed: 14 });
  expect(changesIn("Error: no")).toBeUndefined();
});

const mistake = "error files-refused [prometheus]: rules/a.yml: 5:11: unexpected end of input → mend the declaration";

test("of a server's refusal only our own line is shown, once", () => {
  const printed = `local  terraform_data.node_settings (runtime/node_settings) (local-exec): node: started
local  \x1b[1mterraform_data.prometheus_settings (runtime/prometheus_settings) (local-exec):\x1b[0m ${mistake}
local  ╷
       │ Error: local-exec provisioner error
       │
       │ Error running command 'node --import tsx lib/runtime/processes/cli.ts apply
       │ prometheus': exit status 1. Output: error files-refused [prometheus]:
       │ rules/a.yml: 5:11: unexpected end of input → mend the declaration
       ╵
Invoking Terraform CLI failed with exit code 1
`;
  expect(wordsOfFailure(printed)).toEqual([mistake]);
});

test("mistakes in declarations, which the synthesis prints, are shown as they are, all of them", () => {
  const other = "error missing-runbook alert-rules/http.ts:35 [tickets/A]: A has no runbook → write runbooks/a.md";
  const printed = `Error: non-zero exit code 1\n\nCommand output on stderr:\n\n  ${mistake}\n  ${other}\n`;
  expect(wordsOfFailure(printed)).toEqual([mistake, other]);
});

test("of Terraform's own errors each is one line, without frames and without cdktf's summary", () => {
  const printed = `local  ╷
       │ Error: Invalid reference
       │
       │   on cdk.tf.json line 341, in resource.terraform_data.prometheus:
       │  341:   "a.yml": "x"
       ╵
local  Error: Invalid character
         on cdk.tf.json line 53
Error: terraform init failed with exit code 1
`;
  expect(wordsOfFailure(printed)).toEqual([
    'Error: Invalid reference on cdk.tf.json line 341, in resource.terraform_data.prometheus: 341: "a.yml": "x"',
    "Error: Invalid character on cdk.tf.json line 53",
  ]);
});

test("without any error the end of what was printed is shown", () => {
  expect(wordsOfFailure("one\n\nKilled\n")).toEqual(["one", "Killed"]);
});
