import { formatDiagnostic } from "@watchbill/model";
import { localSocket, unfitDocker } from "../../../../lib/runtime/docker/daemon";
import { daemon, desktop, engine, fakeDocker, noDaemon } from "../../../support/fake-docker";
import { temporaryState } from "../../../support/real-servers";

const { state, remove } = temporaryState();
afterAll(remove);

const said = (script: string) => {
  const unfit = unfitDocker(fakeDocker(state, script));
  return unfit && formatDiagnostic(unfit);
};
const needs = "local needs the network and the files of this one";
const hint = "npm run up -- --runtime processes, or an engine of this machine: DOCKER_HOST=unix:///var/run/docker.sock";

test("an engine of this machine is fit for local", () => {
  expect(said(engine)).toBeUndefined();
});

test("one whose containers run elsewhere is not, and the line says why", () => {
  const info = "28.2.2|linux|Debian GNU/Linux 12 (bookworm)";
  expect(said(desktop)).toBe(
    `error docker-elsewhere [this machine]: Docker Desktop runs containers in a machine of its own; ${needs} → ${hint}`,
  );
  expect(said(daemon(`${info}|["name=seccomp,profile=default","name=rootless"]`))).toBe(
    `error docker-elsewhere [this machine]: Docker runs without root, in a network of its own; ${needs} → ${hint}`,
  );
  expect(said(daemon(`${info}|[]`, "ssh://deploy@monitoring.example.com"))).toBe(
    `error docker-elsewhere [this machine]: Docker is that of another machine (ssh://deploy@monitoring.example.com); ${needs} → ${hint}`,
  );
  expect(said(daemon("28.2.2|windows|Windows Server|[]"))).toBe(
    `error docker-elsewhere [this machine]: Docker's containers run in another machine; ${needs} → ${hint}`,
  );
});

test("a daemon that does not answer is missing at the place where it was looked for", () => {
  expect(said(noDaemon)).toBe(
    "error docker-missing [this machine]: no Docker daemon answers at unix:///var/run/docker.sock → start it, or run without: npm run up -- --runtime processes",
  );
});

test("a daemon that hangs is given up after 2 s", () => {
  const start = Date.now();
  expect(said('case "$1" in context) echo unix:///x ;; *) exec sleep 30 ;; esac')).toContain("docker-missing");
  expect(Date.now() - start).toBeLessThan(6_000);
});

test("Terraform speaks to the socket of the context in use, and to the usual one where that is elsewhere", () => {
  expect(localSocket(fakeDocker(state, daemon("", "unix:///run/user/1000/docker.sock")))).toBe(
    "unix:///run/user/1000/docker.sock",
  );
  expect(localSocket(fakeDocker(state, daemon("", "tcp://10.0.0.7:2376")))).toBe("unix:///var/run/docker.sock");
  expect(localSocket({ PATH: "/nowhere" })).toBe("unix:///var/run/docker.sock");
});
