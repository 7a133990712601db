import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { wordsOfDockerFailure } from "../../../lib/cli/docker-words";
import { stackName } from "../../../lib/runtime/docker/names";
import { daemon, fakeDocker } from "../../support/fake-docker";
import { temporaryState } from "../../support/real-servers";

const { state, remove } = temporaryState();
const path = process.env.PATH;
afterAll(() => {
  process.env.PATH = path;
  remove();
});

const frame = (text: string) => `local  ╷\n       │ Error: ${text}\n       ╵\n`;
const wayOut = (text: string) => wordsOfDockerFailure(frame(text), "local", state).at(-1);

test.each([
  [
    'Failed to install provider │ Error while installing kreuzwerker/docker v3.6.2: Get "https://github.com/x": proxyconnect tcp',
    "Docker's Terraform provider can't be had",
  ],
  ["Could not retrieve providers for locking", "Docker's Terraform provider can't be had"],
  ["Failed to query available provider packages", "Docker's Terraform provider can't be had"],
  ["Unable to read Docker image into resource: unable to pull image prom/prometheus:v3.5.0", "an image can't be had"],
  ["Error pinging Docker server, please make sure that Docker is running", "the Docker daemon can't be reached"],
  [
    'Unable to create container: Error response from daemon: invalid mount config for type "bind": bind source path does not exist: /checkout/a',
    "Docker does not see this machine's files",
  ],
])("%s", (text, message) => {
  expect(wayOut(text)).toBe(`error docker-unavailable [local]: ${message} → npm run up -- --runtime processes`);
});

test("a name that is taken is told with what frees it", () => {
  const text =
    'Unable to create container: Conflict. The container name "/watchbill-local-0123ab-shop" is already in use by x';
  expect(wayOut(text)).toBe(
    "error docker-conflict [local]: there is a container watchbill-local-0123ab-shop already, which is none of ours → docker rm --force watchbill-local-0123ab-shop, and up again",
  );
});

test("of a server that did not become ready the last words are shown, not Terraform's", () => {
  process.env.PATH = fakeDocker(state, daemon("", undefined, "logs) echo 'TypeError: no' ;;")).PATH;
  const text =
    "container failed to be in healthy state\n       │\n       │   with docker_container.shop (runtime/shop/container)-load,\n       │   on cdk.tf.json line 1";
  const container = `${stackName("local", state)}-shop-load`;
  expect(wordsOfDockerFailure(frame(text), "local", state)).toEqual([
    `error not-ready [shop-load]: it did not become ready; its last words: TypeError: no → see docker logs ${container}`,
  ]);
});

test("files that a loader refuses are told as they are without Docker", () => {
  const printed = `local  Error: Resource postcondition failed

         on cdk.tf.json line 920, in resource.docker_container.prometheus (runtime/prometheus/container)-loader.lifecycle.postcondition[0]:
        920:               "condition": "\${self.exit_code == 0}",
           ├────────────────
           │ self.exit_code is 1

       prometheus: its files were not loaded, and what runs is as it was.
       Checking /watchbill/incoming/prometheus.yml
         SUCCESS: 9 rule files found
         SUCCESS: /watchbill/incoming/prometheus.yml is valid prometheus config file syntax

       Checking /watchbill/incoming/rules/zz.yml
         FAILED:
       /watchbill/incoming/rules/zz.yml: 1:47: group "x", rule 1, "A": could not parse
       expression: 1:6: parse error: unexpected end of input
local  Error: local-exec provisioner error

         with docker_container.prometheus (runtime/prometheus/container)-loader,
`;
  expect(wordsOfDockerFailure(printed, "local", state)).toEqual([
    'error files-refused [prometheus]: rules/zz.yml: 1:47: group "x", rule 1, "A": could not parse expression: 1:6: parse error: unexpected end of input → mend the declaration; the files in use stay as they were',
  ]);
});

test("what is Terraform's own affair is said in its words alone", () => {
  expect(wordsOfDockerFailure(frame("Invalid reference"), "local", state)).toEqual(["Error: Invalid reference"]);
});

test("where Docker has servers already, they have to go first", () => {
  writeFileSync(join(state, "terraform.tfstate"), '"type": "docker_container"');
  expect(wayOut("Error pinging Docker server")).toContain("→ npm run down && npm run up -- --runtime processes");
});
