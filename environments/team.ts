import { business } from "../dashboards/business";
import { database } from "../dashboards/database";
import { infrastructure } from "../dashboards/infrastructure";
import { main } from "../dashboards/main";
import { monitoring as monitoringBoard } from "../dashboards/monitoring";
import { objectives } from "../dashboards/objectives";
import { websocket } from "../dashboards/websocket";
import { services } from "../services";
import { monitoring } from "../services/monitoring";

/** What staging and production have in common; each says what it has of its own. */
export const team = {
  services: [monitoring, ...services],
  dashboards: [main, objectives, infrastructure, business, database, websocket, monitoringBoard],
  backends: ["prometheus", "alertmanager", "blackbox", "grafana", "datadog"],
  secrets: "/etc/watchbill/secrets",
  runbooks: "https://git.example.com/platform/watchbill/src/branch/main/runbooks",
} as const;
