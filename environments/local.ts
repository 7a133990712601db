import {
  calendar,
  days,
  defaultPorts,
  email,
  environment,
  minutes,
  pagerduty,
  percent,
  seconds,
  slack,
  webhook,
  weekdays,
  withoutExporters,
} from "@watchbill/model";
import { portOffset } from "../lib/runtime/port-offset";
import { monitoring } from "../services/monitoring";
import { tickets } from "../services/tickets";
import { team } from "./team";

const moved = portOffset(process.env.WATCHBILL_PORT_OFFSET);
const [shop, inbox, smtp] = [3000 + moved, 9099 + moved, 9025 + moved];
const ports = {
  prometheus: defaultPorts.prometheus + moved,
  alertmanager: defaultPorts.alertmanager + moved,
  blackbox: defaultPorts.blackbox + moved,
  node: defaultPorts.node + moved,
  grafana: defaultPorts.grafana + moved,
};
const inboxUrl = `http://127.0.0.1:${inbox}`;

/**
 * The whole stack on one machine, with the ticket shop to break. Whom it would call it tells the inbox, and what takes
 * minutes takes seconds.
 */
export const local = environment("local", {
  // The ticket shop is what runs here, with its tables in its own memory.
  services: [monitoring, withoutExporters(tickets, "postgres", "redis")],
  dashboards: team.dashboards,
  backends: ["prometheus", "alertmanager", "blackbox", "grafana"],
  runtime: "local",
  lapse: 30,
  at: {
    monitoring: {
      url: `http://127.0.0.1:${ports.prometheus}`,
      targets: { service: [], node: [`127.0.0.1:${ports.node}`] },
    },
    tickets: {
      url: `http://127.0.0.1:${shop}`,
      targets: { service: [`127.0.0.1:${shop}`], node: [`127.0.0.1:${ports.node}`] },
    },
  },
  channels: {
    onCall: pagerduty("on-call", {
      routingKey: "local".padEnd(32, "0"),
      url: `${inboxUrl}/pagerduty/on-call/v2/enqueue`,
    }),
    alerts: slack("#alerts", { webhook: `${inboxUrl}/slack/alerts` }),
    everyone: email("team@example.com"),
  },
  notify: {
    critical: ["onCall", "alerts", "everyone"],
    high: ["alerts", "everyone"],
    medium: ["alerts", "everyone"],
    low: ["everyone"],
    info: [],
  },
  heartbeat: webhook("heartbeat", { url: `${inboxUrl}/heartbeat/watchbill` }),
  mail: { smarthost: `127.0.0.1:${smtp}`, from: "watchbill@example.com", requireTls: false },
  secrets: "secrets",
  ports,
  retention: days(1),
  seriesAtMost: 50_000,
  links: {
    runbooks: team.runbooks,
    prometheus: `http://127.0.0.1:${ports.prometheus}`,
    alertmanager: `http://127.0.0.1:${ports.alertmanager}`,
  },
  // The shop is open whenever somebody tries it.
  calendars: {
    "business-hours": calendar("business-hours", { zone: "Europe/London", from: "00:00", to: "24:00", days: weekdays }),
  },
  tune: {
    monitoring: {
      // A server starts in its own time, however fast all else runs here.
      PrometheusStoresNothing: { for: minutes(10) },
      HostDiskUsageHigh: { threshold: percent(97) },
      HostMemoryUsageHigh: { threshold: percent(97) },
    },
    tickets: {
      SalesStopped: { over: minutes(15) },
      // How old a process is goes by the clock on the wall, not by the time that runs here.
      NodeRestarting: { threshold: seconds(10) },
      NodeRestarted: { threshold: seconds(10) },
      // A developer's disk may be fuller than a server's.
      HostDiskUsageHigh: { threshold: percent(97) },
      HostMemoryUsageHigh: { threshold: percent(97) },
    },
  },
  programs: [
    {
      name: "inbox",
      script: "lib/inbox/main.ts",
      ports: { http: inbox, smtp },
      ready: "/-/ready",
      environment: { INBOX_PORT: `${inbox}`, INBOX_SMTP_PORT: `${smtp}`, INBOX_FILE: "{data}/messages.jsonl" },
    },
    {
      name: "shop",
      script: "examples/ticket-shop/src/main.ts",
      ports: { http: shop },
      ready: "/health",
      environment: { SHOP_PORT: `${shop}`, SHOP_FAULTS_FILE: "{data}/faults.json" },
    },
    {
      name: "shop-load",
      script: "examples/ticket-shop/src/load.ts",
      ports: {},
      environment: { SHOP_URL: `http://127.0.0.1:${shop}` },
    },
  ],
});
