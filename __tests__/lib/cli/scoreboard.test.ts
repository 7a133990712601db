import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DiagnosticsError } from "@watchbill/model";
import { scoreboard } from "../../../lib/cli/commands/scoreboard";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "watchbill-scoreboard-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const refused = (files: readonly string[]) =>
  scoreboard(files).then(
    () => [],
    (error: unknown) => {
      if (!(error instanceof DiagnosticsError)) throw error;
      return error.message.split("\n");
    },
  );

test("rules that can't be compared are a line each, all at once", async () => {
  const empty = ["", "{}\n", "groups: []\n", "groups:\n  - name: a\n", "groups:\n"].map((text, index) =>
    fileOf(`empty-${index}.yml`, text),
  );
  const recording = fileOf("recording.yml", "groups: [ { name: a, rules: [ { record: one, expr: 1 } ] } ]\n");
  const broken = fileOf("broken.yml", "groups: [\n");
  const text = fileOf("text.yml", "hello\n");
  const wrong = fileOf("wrong.yml", 'groups: [ { name: a, rules: [ { alert: X, expr: "up ==" } ] } ]\n');
  const missing = join(folder, "none.yml");
  expect(await refused([missing, folder, ...empty, recording, broken, text, wrong])).toEqual([
    `error rules-missing [${missing}]: there is no such file → name a file of Prometheus rules`,
    `error rules-missing [${folder}]: it is a folder → name a file of Prometheus rules`,
    ...[...empty, recording].map(
      (path) =>
        `error rules-empty [${path}]: there is no alert in it → name a file of Prometheus rules, with alerts below \`groups:\``,
    ),
    `error rules-refused [${broken}]: promtool refuses the rules: yaml: line 1: did not find expected node content → mend the file`,
    expect.stringMatching(
      /^error rules-refused \[.*text\.yml\]: promtool refuses the rules: yaml: unmarshal errors:; .*→ mend the file$/,
    ),
    `error rules-refused [${wrong}]: promtool refuses the rules: 1:49: group "a", rule 1, "X": could not parse expression: 1:6: parse error: unexpected end of input → mend the file`,
  ]);
});
