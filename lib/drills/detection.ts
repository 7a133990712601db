import { drill, hours, httpServerMetrics, percent, type Service, to, turns } from "@watchbill/model";
import { writeSamples } from "../replay/replay";
import { happeningsOf, timesOf } from "./happening";
import { wakingSeverities } from "./other-rules";
import { involved, play, type Stage } from "./play";
import type { RuleSet } from "./rule-set";
import { needsOf } from "./rule-set";
import { makeTraffic } from "./traffic";

/** How long until a rule set fires, in seconds; missing: not within three hours. */
export interface Detection {
  readonly page?: number;
  readonly ticket?: number;
}

/** A share of a service's requests fails from some moment on, at 10 a second and after six healthy hours. */
const failing = (service: Service, share: number) =>
  drill(`failing-${share}`, {
    title: `${share} % of requests fail.`,
    watched: hours(3),
    happens: [to(service, "requests fail", [turns(httpServerMetrics.requests, percent(share), { status: "500" })])],
  });

/** How soon each rule set's alerts fire, whoever is then told: a row a share of requests in percent, a column a rule set. */
export async function detections(
  service: Service,
  sets: readonly RuleSet[],
  stage: Stage,
  shares: readonly number[],
  note: (share: number) => void = () => {},
): Promise<readonly (readonly Detection[])[]> {
  const rows: (readonly Detection[])[] = [];
  for (const share of shares) {
    const incident = failing(service, share);
    const samples = await writeSamples(
      makeTraffic({
        ...timesOf(incident),
        environment: stage.environment,
        services: involved(incident, stage.services),
        usual: stage.usual,
        happenings: happeningsOf(incident),
        flat: true,
        needs: needsOf(sets),
      }),
    );
    try {
      const row: Detection[] = [];
      for (const set of sets) {
        const { alerts, begins } = await play(incident, samples, set, stage.environment);
        const fired = alerts.filter(({ startsAt, labels }) => startsAt >= begins && labels.service === service.name);
        const first = (waking: boolean) =>
          fired.find(({ labels }) => wakingSeverities.includes(labels.severity ?? "") === waking)?.startsAt;
        const [page, ticket] = [first(true), first(false)];
        row.push({
          ...(page !== undefined && { page: (page - begins) / 1000 }),
          ...(ticket !== undefined && { ticket: (ticket - begins) / 1000 }),
        });
      }
      rows.push(row);
      note(rows.length / shares.length);
    } finally {
      samples.remove();
    }
  }
  return rows;
}
