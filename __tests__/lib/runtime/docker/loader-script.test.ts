import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loaderScript } from "../../../../lib/runtime/docker/loader-script";
import type { Server } from "../../../../lib/runtime/server";

const program = { binaries: ["prometheus"], debian: "prometheus", image: "prom/prometheus:v3.5.0" };
const prometheus: Server = {
  name: "prometheus",
  program,
  arguments: [],
  ports: { http: 9090 },
  ready: "/-/ready",
  files: { "prometheus.yml": "new", "rules/tickets.yml": "new" },
  check: { program: { ...program, binaries: ["promtool"] }, arguments: ["check", "config", "{config}/prometheus.yml"] },
  reload: "/-/reload",
  keepsData: false,
  secrets: [],
};
const me = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

/** A folder in the place of the container's, with programs that answer as they are told. */
function container({ promtool = "exit 0", wget = "exit 0" } = {}) {
  const root = mkdtempSync(join(tmpdir(), "loader-"));
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  for (const [name, body] of Object.entries({ promtool, wget })) {
    write(`bin/${name}`, `#!/bin/sh\necho "${name} $*" >> ${root}/calls\n${body}\n`);
    chmodSync(join(root, "bin", name), 0o755);
  }
  for (const folder of ["config", "incoming", "secrets", "data"]) mkdirSync(join(root, folder));
  write("config/prometheus.yml", "old");
  write("config/rules/gone/old.yml", "old");
  return {
    root,
    write,
    read: (path: string) => readFileSync(join(root, path), "utf8"),
    has: (path: string) => existsSync(join(root, path)),
    calls: () => readFileSync(join(root, "calls"), "utf8").trim().replaceAll(root, "").split("\n"),
    load(server: Server = prometheus, user = me) {
      for (const [path, content] of Object.entries(server.files)) write(`incoming/${path}`, content);
      const script = loaderScript({ server, program, user, address: "prometheus", secretsFolder: "/etc/watch" });
      const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", script.replaceAll("/watchbill", root)], {
        env: { PATH: `${root}/bin:${process.env.PATH}` },
        encoding: "utf8",
      });
      return { status, output: stdout + stderr };
    },
  };
}

describe("the loader", () => {
  const made: ReturnType<typeof container>[] = [];
  const given = (...answers: Parameters<typeof container>) => {
    made.push(container(...answers));
    return made.at(-1)!;
  };
  afterAll(() => {
    for (const { root } of made) rmSync(root, { recursive: true });
  });

  test("checks the new files, then puts them in place, removes the stale ones and reloads", () => {
    const it = given();
    expect(it.load()).toEqual({ status: 0, output: "" });
    expect(it.read("config/prometheus.yml")).toBe("new");
    expect(it.read("config/rules/tickets.yml")).toBe("new");
    expect(it.has("config/rules/gone")).toBe(false);
    expect(it.calls()).toEqual([
      "promtool check config /incoming/prometheus.yml",
      "wget -q -O /dev/null --post-data= http://prometheus:9090/-/reload",
    ]);
  });

  test("leaves the files in use alone when the new ones are refused", () => {
    const it = given({ promtool: "echo 'parse error: unexpected <op:==>'; exit 1" });
    expect(it.load()).toEqual({ status: 1, output: "parse error: unexpected <op:==>\n" });
    expect(it.read("config/prometheus.yml")).toBe("old");
    expect(it.has("config/rules/tickets.yml")).toBe(false);
    expect(it.calls()).toHaveLength(1);
  });

  test("puts the old files back when the server does not take the new ones", () => {
    const it = given({ wget: "echo 'wget: server returned error: HTTP/1.1 500' >&2; exit 1" });
    expect(it.load()).toEqual({
      status: 1,
      output:
        "prometheus: did not take the new files, the old ones are back: wget: server returned error: HTTP/1.1 500\n",
    });
    expect(it.read("config/prometheus.yml")).toBe("old");
    expect(it.read("config/rules/gone/old.yml")).toBe("old");
    expect(it.has("config/rules/tickets.yml")).toBe(false);
  });

  test.each([
    "wget: can't connect to remote host (172.18.0.2): Connection refused",
    "wget: bad address 'prometheus:9090'",
  ])("is content when the server does not run yet (%s)", (answer) => {
    const it = given({ wget: `echo "${answer}" >&2; exit 1` });
    expect(it.load()).toEqual({ status: 0, output: "" });
    expect(it.read("config/prometheus.yml")).toBe("new");
  });

  test("does not speak to a server that can't reload", () => {
    const it = given();
    const { reload, ...server } = prometheus;
    expect(it.load(server).status).toBe(0);
    expect(it.calls()).toHaveLength(1);
  });

  test("names every secret that is missing, empty or unreadable before anything else happens", () => {
    const it = given();
    const stranger = { uid: me.uid + 1, gid: me.gid + 1 };
    it.write("secrets/empty", "");
    it.write("secrets/closed", "x");
    it.write("secrets/open", "x");
    chmodSync(join(it.root, "secrets/closed"), 0o600);
    chmodSync(join(it.root, "secrets/open"), 0o644);
    const result = it.load({ ...prometheus, secrets: ["missing", "empty", "closed", "open"] }, stranger);
    expect(result).toEqual({
      status: 1,
      output: [
        "prometheus: the secret missing is missing or empty; write it to /etc/watch/missing on the Docker host",
        "prometheus: the secret empty is missing or empty; write it to /etc/watch/empty on the Docker host",
        `prometheus: user ${stranger.uid}:${stranger.gid} can't read the secret closed; chown /etc/watch/closed to it on the Docker host`,
        "",
      ].join("\n"),
    });
    expect(it.has("calls")).toBe(false);
    expect(it.read("config/prometheus.yml")).toBe("old");
  });

  test("takes secrets that the server's user can read, and links them beside the files that name them", () => {
    const it = given();
    it.write("secrets/slack", "x");
    chmodSync(join(it.root, "secrets/slack"), 0o400);
    expect(it.load({ ...prometheus, secrets: ["slack"] }).status).toBe(0);
    expect(it.read("config/secrets/slack")).toBe("x");
    expect(it.read("incoming/secrets/slack")).toBe("x");
  });

  test("keeps the link to the secrets when it cleans up", () => {
    const it = given();
    symlinkSync("../secrets", join(it.root, "config/secrets"));
    it.load();
    expect(it.has("config/secrets")).toBe(true);
  });

  test("can be given a folder of data that is the server's already", () => {
    const it = given();
    expect(it.load({ ...prometheus, keepsData: true })).toEqual({ status: 0, output: "" });
  });

  test("is a Node program's in Node's own words, as its image has no wget", () => {
    const node = { script: "lib/inbox/main.ts" };
    const script = loaderScript({
      server: { ...prometheus, program: node },
      program: node,
      user: me,
      address: "127.0.0.1",
      secretsFolder: "/s",
    });
    expect(script).toContain("node -e");
    expect(script).not.toContain("wget");
  });
});
