import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { dependency, formatDiagnostic, minutes, percent, service } from "@watchbill/model";
import { parse } from "yaml";
import { postgres, redis } from "../../alert-rules";
import { prometheus } from "../../lib/backends/prometheus";
import { isAftermath } from "../../lib/conventions";
import { trialPackages } from "../../lib/runtime/prerequisites/packages";
import { preparePackages } from "../../lib/runtime/prerequisites/prepare";
import { findBinary } from "../../lib/runtime/programs";
import { ask } from "../../lib/runtime/ready";
import { stateFolder } from "../../lib/runtime/state-folder";
import { toYaml } from "../../lib/yaml";
import { environmentWith } from "../support/declarations";
import { findPostgres, ownFolder, postgresUser, Running } from "../support/programs";
import { freePort } from "../support/real-servers";

// Real PostgreSQL, Redis, exporters and Prometheus, with the rules as they are generated. The tests go on from each other.

describe("real stores", () => {
  const trial = service("trial", {
    owner: "platform",
    endpoint: { port: 1 },
    watch: [
      postgres(dependency("trial-postgres", "the trial's PostgreSQL"), {
        downFor: minutes(1),
        connections: { above: percent(95), for: minutes(1) },
      }),
      redis(dependency("trial-redis", "the trial's Redis"), {
        downFor: minutes(1),
        memory: { above: percent(90), for: minutes(1) },
      }),
    ],
  });
  let owner: ReturnType<typeof postgresUser>;
  let store: ReturnType<typeof ownFolder>;
  const server = ownFolder();
  const running: Record<"postgres" | "redis" | "postgresExporter" | "redisExporter" | "prometheus", Running> =
    {} as never;
  let address = "";

  beforeAll(async () => {
    // Installed where that can be done, else named: a trial that is skipped in silence proves nothing.
    const lacking = await preparePackages(stateFolder("local"), console.log, trialPackages);
    expect(lacking.map(formatDiagnostic)).toEqual([]);
    owner = postgresUser();
    store = ownFolder(owner);
    const [pg, pgExporter, rd, rdExporter, prom] = await Promise.all([1, 2, 3, 4, 5].map(freePort));
    const data = join(store.folder, "data");
    const made = spawnSync(findPostgres("initdb")!, ["-D", data, "-A", "trust", "-U", "postgres", "--no-sync"], {
      cwd: "/",
      encoding: "utf8",
      ...owner,
    });
    expect(made.stderr).toBe("");
    running.postgres = new Running(
      [findPostgres("postgres")!, "-D", data, "-F", "-h", "127.0.0.1", "-p", `${pg}`, "-k", store.folder],
      owner,
    );
    running.redis = new Running([
      findBinary(["redis-server"])!,
      "--bind",
      "127.0.0.1",
      "--port",
      `${rd}`,
      "--save",
      "",
    ]);
    running.postgresExporter = new Running(
      [
        findBinary(["postgres_exporter", "prometheus-postgres-exporter"])!,
        `--web.listen-address=127.0.0.1:${pgExporter}`,
      ],
      { env: { DATA_SOURCE_NAME: `postgresql://postgres@127.0.0.1:${pg}/postgres?sslmode=disable` } },
    );
    running.redisExporter = new Running([
      findBinary(["redis_exporter", "prometheus-redis-exporter"])!,
      `--redis.addr=redis://127.0.0.1:${rd}`,
      `--web.listen-address=127.0.0.1:${rdExporter}`,
    ]);
    // 1 m lasts 2 s, and the same rules are all divided alike; what is down is over half a minute after it is back.
    const environment = environmentWith([trial], {
      lapse: 30,
      // The exporter tries again for more than a second before it says that the database is down.
      scrapeEvery: minutes(1.5),
      at: {
        trial: {
          url: "http://127.0.0.1:1",
          targets: { service: [], postgres: [`127.0.0.1:${pgExporter}`], redis: [`127.0.0.1:${rdExporter}`] },
        },
      },
    });
    writePrometheus(server.folder, prometheus({ environment, services: [trial] }).files);
    running.prometheus = new Running([
      findBinary(["prometheus"])!,
      `--config.file=${server.folder}/prometheus.yml`,
      `--storage.tsdb.path=${server.folder}/data`,
      `--web.listen-address=127.0.0.1:${prom}`,
    ]);
    address = `http://127.0.0.1:${prom}`;
    for (const one of Object.values(running)) one.start();
    await comesTrue("all is scraped", async () => (await value("sum(up) + sum(pg_up) + sum(redis_up)")) === 4);
  }, 300_000);

  afterAll(async () => {
    for (const one of Object.values(running)) await one.stop("SIGINT");
    store?.remove();
    server.remove();
  });

  const value = async (query: string): Promise<number | undefined> => {
    const { body } = await ask(`${address}/api/v1/query?query=${encodeURIComponent(query)}`);
    const found = /"value":\[[^,]+,"([^"]+)"\]/.exec(body)?.[1];
    if (found === undefined) return undefined;
    return found === "+Inf" ? Number.POSITIVE_INFINITY : Number(found);
  };
  /** What fires that tells somebody. */
  const firing = async () => {
    const { body } = await ask(`${address}/api/v1/alerts`);
    const { data } = JSON.parse(body) as {
      data: { alerts: { state: string; labels: { alertname: string; priority: string } }[] };
    };
    const told = data.alerts.filter(({ state, labels }) => state === "firing" && !isAftermath(labels));
    return told.map(({ labels }) => labels.alertname);
  };
  const comesTrue = async (what: string, test: () => Promise<boolean>) => {
    const end = Date.now() + 60_000;
    while (!(await test().catch(() => false))) {
      if (Date.now() > end) throw new Error(`it never came true that ${what}; firing: ${await firing()}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  /** Longer than a scrape and an alert that waits for a minute take together. */
  const aWhile = () => new Promise((resolve) => setTimeout(resolve, 7000));

  test("nothing fires while all is well, though Redis has no limit of memory to take a share of", async () => {
    expect(await value("redis_memory_used_bytes / redis_memory_max_bytes")).toBe(Number.POSITIVE_INFINITY);
    await aWhile();
    expect(await firing()).toEqual([]);
  }, 30_000);

  test("the database stopped is DatabaseDown, while its exporter is up", async () => {
    await running.postgres.stop("SIGINT");
    await comesTrue("DatabaseDown fires", async () => (await firing()).join() === "DatabaseDown");
    expect(await value('up{job="trial-postgres"}')).toBe(1);
    running.postgres.start();
    await comesTrue("it is over", async () => (await firing()).length === 0);
  }, 180_000);

  test("its exporter stopped is a failed scrape, and not DatabaseDown", async () => {
    await running.postgresExporter.stop();
    await comesTrue("the scrape fails", async () => (await value('up{job="trial-postgres"}')) === 0);
    await aWhile();
    expect(await firing()).toEqual([]);
    expect(await value("pg_up")).toBeUndefined();
  }, 180_000);

  test("Redis stopped is RedisDown, while its exporter is up", async () => {
    await running.redis.stop();
    await comesTrue("RedisDown fires", async () => (await firing()).join() === "RedisDown");
    expect(await value('up{job="trial-redis"}')).toBe(1);
    running.redis.start();
    await comesTrue("it is over", async () => (await firing()).length === 0);
  }, 180_000);

  test("its exporter stopped is a failed scrape, and not RedisDown", async () => {
    await running.redisExporter.stop();
    await comesTrue("the scrape fails", async () => (await value('up{job="trial-redis"}')) === 0);
    await aWhile();
    expect(await firing()).toEqual([]);
  }, 180_000);
});

/** The generated files, without the monitoring servers that the trial has not. */
function writePrometheus(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(join(folder, "rules"));
  for (const [path, content] of Object.entries(files)) {
    if (path.startsWith("prometheus/rules/")) writeFileSync(join(folder, "rules", basename(path)), content);
  }
  const {
    alerting: _,
    scrape_configs,
    ...rest
  } = parse(files["prometheus/prometheus.yml"]!) as {
    alerting: unknown;
    scrape_configs: { job_name: string }[];
  };
  const scraped = scrape_configs.filter(({ job_name }) => job_name.startsWith("trial-"));
  writeFileSync(join(folder, "prometheus.yml"), toYaml({ ...rest, scrape_configs: scraped }));
}
