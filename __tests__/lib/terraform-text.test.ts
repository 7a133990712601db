// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is how Terraform writes a reference.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { escapeTerraform } from "../../lib/terraform-text";

const texts = [
  "{{ $labels.instance }} is down",
  "${1}:9100",
  "%{foo}",
  "$${1}",
  "$$${1}",
  "%%{x}",
  "$%{x}",
  "$ % $$ %%",
  'a "quoted" \\ line\n\t${x}',
  "é${ü}%{}",
];

describe("text on its way through Terraform", () => {
  const folder = mkdtempSync(join(tmpdir(), "terraform-text-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  const terraform = (...words: string[]) =>
    execFileSync("terraform", words, { cwd: folder, stdio: "pipe", env: { ...process.env, CHECKPOINT_DISABLE: "1" } });

  test("arrives as it was written, keys included", () => {
    const input = { list: texts, map: Object.fromEntries(texts.map((text) => [text, text])) };
    const configuration = { resource: { terraform_data: { text: { input: escapeTerraform(input) } } } };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(configuration));

    terraform("init", "-input=false");
    terraform("apply", "-auto-approve", "-input=false");

    const state = JSON.parse(readFileSync(join(folder, "terraform.tfstate"), "utf8"));
    expect(state.resources[0].instances[0].attributes.output.value).toEqual(input);
  });

  test("leaves numbers, booleans and nothing alone", () => {
    const value = { a: 1, b: true, c: null, d: [2, undefined] };
    expect(escapeTerraform(value)).toEqual(value);
  });
});
