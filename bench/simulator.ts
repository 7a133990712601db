import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../lib/runtime/repository-root";
import { type FiredAlert, readAlertmanagerConfig, simulate } from "../lib/simulator";
import { median } from "./measure";
import { inSeconds } from "./told";

const hour = 3_600_000;
const count = 10_000;
const from = Date.UTC(2026, 0, 5);
const names = ["HttpErrorRatioHigh", "ServiceDown", "ErrorBudgetBurnFast", "ErrorBudgetBurnSlow", "DatabaseDown"];
const services = ["tickets", "tikit", "inkwave", "syncup", "boulder-fest"];

/** Alerts of all priorities over a day, in as many groups. */
function alerts(groups: number, lasting: (index: number) => number): readonly FiredAlert[] {
  return Array.from({ length: count }, (_, index) => {
    const startsAt = from + ((index * 7919) % count) * (24 * (hour / count));
    const labels = {
      alertname: `${names[index % names.length]}${index % groups < 25 ? "" : (index % groups) - 25}`,
      environment: "production",
      service: services[Math.floor(index / names.length) % services.length] ?? "",
      priority: `p${Math.floor(index / 25) % 5}`,
      instance: `${index}`,
    };
    return { labels, startsAt, endsAt: startsAt + lasting(index) };
  });
}

const cases: Readonly<Record<string, readonly FiredAlert[]>> = {
  "few groups, minutes each": alerts(25, (index) => (index % 20) * 60_000 + 30_000),
  "few groups, hours each": alerts(25, (index) => (index % 12) * hour + 60_000),
  "each its group, for ever": alerts(count, () => 48 * hour),
};

/** 10,000 alerts over 24 hours through production's Alertmanager, as the simulator tells it. */
export async function simulator(): Promise<void> {
  const path = "manifests/production/alertmanager/alertmanager.yml";
  const { config } = readAlertmanagerConfig(readFileSync(join(repositoryRoot, path), "utf8"), path);
  if (!config) throw new Error(`${path} can't be read`);
  console.log(`simulate ${count} alerts over 24 hours (median of 3)`);
  for (const [name, fired] of Object.entries(cases)) {
    let notifications = 0;
    const times = Array.from({ length: 3 }, () => {
      const start = process.hrtime.bigint();
      notifications = simulate(config, fired, { from, to: from + 24 * hour }).notifications.length;
      return Number(process.hrtime.bigint() - start) / 1e9;
    });
    console.log(`  ${name.padEnd(28)}${inSeconds(median(times))}   ${notifications} notifications`);
  }
}
