import { syncup } from "../../services/syncup";
import { tikit } from "../../services/tikit";
import { environmentWith } from "../support/declarations";
import { complaintOf, type RuleCase } from "../support/rule-test";

const watched = environmentWith([syncup, tikit]);

const postgres = (name: string, values: string) => ({ [`${name}{job="tikit-postgres",instance="a:9187"}`]: values });
const redis = (name: string, values: string) => ({ [`${name}{job="tikit-redis",instance="a:9121"}`]: values });
const connections = (taken: string) => ({
  'pg_stat_activity_count{job="tikit-postgres",instance="a:9187",datname="tikit",state="active"}': taken,
  ...postgres("pg_settings_max_connections", "100x240"),
});
const lag = (bytes: string) => ({
  'pg_stat_replication_pg_wal_lsn_diff{job="syncup-postgres",instance="a:9187",application_name="replica"}': bytes,
});
const up = (values: string) => ({ 'pg_up{job="syncup-postgres",instance="a:9187"}': values });
const memory = (used: string, max: string) => ({
  ...redis("redis_memory_used_bytes", used),
  ...redis("redis_memory_max_bytes", max),
});

test.each<[string, RuleCase]>([
  [
    "the exporter does not reach PostgreSQL for a minute",
    { series: postgres("pg_up", "1x4 0x200"), alert: "DatabaseDown", at: "3m", fires: 1 },
  ],
  [
    "the exporter is gone, and what it said with it",
    {
      series: {
        ...postgres("pg_up", "1x4 _x200"),
        ...postgres("up", "1x4 0x200"),
      },
      alert: "DatabaseDown",
      at: "20m",
      fires: 0,
    },
  ],
  [
    "97 of 100 connections are taken",
    { series: connections("97x240"), alert: "DatabaseConnectionUsageHigh", at: "7m", fires: 1 },
  ],
  [
    "85 of 100 connections are taken: the milder level",
    { series: connections("85x240"), alert: "DatabaseConnectionUsageElevated", at: "7m", fires: 1 },
  ],
  [
    "85 of 100 connections are taken: not the worse one",
    { series: connections("85x240"), alert: "DatabaseConnectionUsageHigh", at: "12m", fires: 0 },
  ],
  [
    "a replica is 1 GiB behind",
    { series: lag("1073741824x240"), alert: "DatabaseReplicationLagHigh", at: "7m", fires: 1 },
  ],
  [
    "a replica is 1 MiB behind",
    { series: lag("1048576x240"), alert: "DatabaseReplicationLagHigh", at: "12m", fires: 0 },
  ],
  [
    "a replica is gone, and its row with it",
    {
      series: { ...lag("1048576x8 stale _x100"), ...up("1x110") },
      alert: "DatabaseReplicaMissing",
      at: "13m",
      fires: 1,
    },
  ],
  [
    "the exporter is gone, and what it says of replicas with it",
    {
      series: { ...lag("1048576x8 stale _x100"), ...up("1x8 stale _x100") },
      alert: "DatabaseReplicaMissing",
      at: "13m",
      fires: 0,
    },
  ],
  [
    "the database is down, and knows of no replica",
    {
      series: { ...lag("1048576x8 stale _x100"), ...up("1x8 0x100") },
      alert: "DatabaseReplicaMissing",
      at: "13m",
      fires: 0,
    },
  ],
  [
    "the exporter does not reach Redis for a minute",
    { series: redis("redis_up", "1x4 0x200"), alert: "RedisDown", at: "3m", fires: 1 },
  ],
  [
    "Redis has filled 95 % of its memory",
    { series: memory("950x240", "1000x240"), alert: "RedisMemoryUsageHigh", at: "11m", fires: 1 },
  ],
  [
    "Redis has no limit of memory",
    { series: memory("950x240", "0x240"), alert: "RedisMemoryUsageHigh", at: "20m", fires: 0 },
  ],
])("%s", (_, one) => {
  expect(complaintOf(watched, one)).toBe("");
});
