import { budgetWindow, type Duration, type Expression, type Node, type Service } from "@watchbill/model";
import { resultInterval, resultsAtATime } from "../backends/prometheus/probe-interval";
import { formatQuantity } from "../format-quantity";
import { formatDuration, lapsed } from "../lapse";
import { type Check, list, mistake } from "./check";

const all = (services: readonly Service[]) =>
  services.flatMap((service) =>
    service.objectives.map((objective) => ({ service, objective, path: `${service.name}/${objective.id}` })),
  );

const percentOf = (share: number) => `${Number((share * 100).toPrecision(4))} %`;

/** A target of everything leaves no budget to burn; one of nothing promises nothing. What keeps it is no alert. */
export const objectiveTargets: Check = ({ services }) =>
  all(services).flatMap(({ objective, path }) => {
    const { target, alertBelow } = objective;
    const { value } = target;
    if (value > 0 && value < 1) {
      if (alertBelow === undefined || (alertBelow.value > 0 && alertBelow.value <= value)) return [];
      return [
        mistake(
          "objective-target",
          path,
          objective.place,
          `it alerts below ${formatQuantity(alertBelow)}, and promises ${formatQuantity(target)}`,
          "set `alertBelow` above 0 % and at most to the target, or leave it out",
        ),
      ];
    }
    return [
      mistake(
        "objective-target",
        path,
        objective.place,
        `a target of ${Number((value * 100).toPrecision(6))} % leaves no error budget`,
        "set it between 0 and 100 %, such as percent(99.9)",
      ),
    ];
  });

/** A share of bad events never exceeds 1, so a tier whose limit is 1 or more never fires. */
export const burnNeverFires: Check = ({ services }) =>
  all(services).flatMap(({ objective, path }) => [
    ...objective.tiers
      .filter(({ factor }) => objective.target.value < 1 && factor * (1 - objective.target.value) >= 1)
      .map(({ factor }) =>
        mistake(
          "burn-never-fires",
          path,
          objective.place,
          `its burn-rate tier of ${factor} can never fire: ${factor} times the budget is more than everything`,
          `raise the target above ${percentOf(1 - 1 / factor)}, or declare slower \`tiers\``,
        ),
      ),
    ...objective.lasting
      .filter(({ share }) => !(share.value > 0 && share.value < 1))
      .map(({ share, lasts }) =>
        mistake(
          "burn-never-fires",
          path,
          objective.place,
          `its lasting tier of ${formatDuration(lasts)} ${share.value > 0 ? "can never fire" : "always fires"}: its share is ${percentOf(share.value)}`,
          "give it a share between 0 and 100 %",
        ),
      ),
  ]);

/** Checks come at their own pace: where a short window never holds as many results as the floor, its tier never fires. */
export const probesBelowFloor: Check = ({ environment, services }) =>
  all(services).flatMap(({ service, objective, path }) => {
    const { indicator, floor, tiers, place } = objective;
    if (indicator.kind !== "probes") return [];
    const every = resultInterval(environment, service, indicator.of);
    const atATime = resultsAtATime(environment, service, indicator.of);
    return tiers.flatMap(({ short, factor }) => {
      const many = Math.floor((lapsed(environment, short).value / every.value) * atATime);
      // None at all is another mistake.
      if (many >= floor || atATime === 0) return [];
      return [
        mistake(
          "burn-never-fires",
          `${environment.name}/${path}`,
          place,
          `its burn-rate tier of ${factor} can never fire: ${formatDuration(short)} hold ${many} ${many === 1 ? "result" : "results"}, and its floor is ${floor}`,
          "check more often, declare `tiers` of longer windows, or lower the `floor`",
        ),
      ];
    });
  });

/**
 * A factor below 1 is a pace at which the budget outlives the period: whoever keeps the promise would be told that they
 * break it. The usual tiers have none.
 */
export const burnBelowPace: Check = ({ services }) =>
  all(services).flatMap(({ objective, path }) =>
    objective.tiers
      .filter(({ factor }) => !(factor >= 1))
      .map(({ factor, long }) =>
        mistake(
          "burn-below-pace",
          path,
          objective.place,
          `its burn-rate tier of ${factor} over ${formatDuration(long)} fires at a pace that keeps the promise`,
          "give it a factor of 1 or more",
        ),
      ),
  );

/** What must be shorter than what, for a tier to mean anything. */
const tierWindows = (
  long: Duration,
  short: Duration,
  over: Duration,
): readonly [what: string, wrong: boolean, hint: string][] => [
  ["its short window is none", !(short.value > 0), "give it one of some minutes: short: minutes(5)"],
  ["its short window is not shorter than its long one", short.value >= long.value, "take a twelfth of the long one"],
  ["its long window is not shorter than the period", long.value >= over.value, "take a shorter one"],
];

/** Windows of tiers lie within one another: a tier of two equal windows is a tier of one, and tells of what is over. */
export const burnWindows: Check = ({ services }) =>
  all(services).flatMap(({ objective, path }) => [
    ...objective.tiers.flatMap(({ long, short, factor }) =>
      tierWindows(long, short, objective.over)
        .filter(([, wrong]) => wrong)
        .slice(0, 1)
        .map(([what, , hint]) =>
          mistake("burn-window", path, objective.place, `its burn-rate tier of ${factor}: ${what}`, hint),
        ),
    ),
    ...objective.lasting
      .filter(({ window, lasts, within }) => !(window.value > 0 && lasts.value > 0 && within.value >= lasts.value))
      .map(({ share, lasts, within }) =>
        mistake(
          "burn-window",
          path,
          objective.place,
          `its lasting tier of ${percentOf(share.value)} can't last ${formatDuration(lasts)} within ${formatDuration(within)}`,
          "give `within` at least the time of `lasts`",
        ),
      ),
  ]);

/** A floor is a number of events; none is 0. */
export const objectiveFloors: Check = ({ services }) =>
  all(services).flatMap(({ objective, path }) =>
    Number.isFinite(objective.floor) && objective.floor >= 0
      ? []
      : [
          mistake(
            "objective-floor",
            path,
            objective.place,
            `a floor of ${objective.floor} events is no number of events`,
            "say floor: 10, or floor: 0 to be called whatever the traffic",
          ),
        ],
  );

/** What looks back further than Prometheus remembers is judged by less than it says. */
export const windowsBeyondRetention: Check = ({ environment, services }) => {
  // Retention is real time, and windows are divided by the lapse.
  const kept = environment.retention.value * environment.lapse;
  const keeps = formatDuration({ value: kept, unit: "seconds" });
  return all(services).flatMap(({ objective, path }) => {
    const budget = budgetWindow(environment, objective);
    const longest = Math.max(0, ...objective.tiers.map(({ long }) => long.value));
    const says = (what: string, window: number, instead: string) =>
      window <= kept
        ? []
        : [
            mistake(
              "window-beyond-retention",
              `${environment.name}/${path}`,
              objective.place,
              `${what} looks back ${formatDuration({ value: window, unit: "seconds" })}, and ${environment.name} remembers ${keeps}`,
              instead,
            ),
          ];
    return [
      ...says(
        "its error budget",
        budget.value,
        `lengthen the environment's \`retention\`, or declare a shorter budget there: budgetOver: days(${Math.max(1, Math.floor(kept / 86400))})`,
      ),
      ...says("its slowest burn-rate tier", longest, "lengthen the environment's `retention`"),
    ];
  });
};

export const duplicateObjectives: Check = ({ services }) =>
  all(services).flatMap(({ service, objective, path }) =>
    service.objectives.find(({ id }) => id === objective.id) === objective
      ? []
      : [
          mistake(
            "duplicate-objective",
            path,
            objective.place,
            `two objectives have the id ${objective.id}`,
            "give one of them another id",
          ),
        ],
  );

interface Within {
  readonly node: Node;
  readonly path: string;
  readonly at: Parameters<typeof mistake>[2];
}

/** A share within a bound is exact only where the bound is a bucket; elsewhere it would be a guess. */
export const boundIsBucket: Check = ({ services }) => {
  const withins: Within[] = [
    ...services.flatMap((service) =>
      service.watch.flatMap(({ panels }) =>
        panels.flatMap((panel) =>
          panel.series.map(({ of }: { of: Expression }) => ({
            node: of.node,
            path: `${service.name}/${panel.id}`,
            at: panel.place,
          })),
        ),
      ),
    ),
    ...all(services).flatMap(({ objective, path }) =>
      objective.indicator.kind === "latency"
        ? [
            {
              node: {
                op: "within",
                of: objective.indicator.of,
                bound: objective.indicator.bound,
                over: objective.over,
                by: [],
              } as const,
              path,
              at: objective.place,
            },
          ]
        : [],
    ),
  ];
  return withins.flatMap(({ node, path, at }) => {
    if (node.op !== "within" || node.of.metric.buckets.includes(node.bound.value)) return [];
    const { name, buckets } = node.of.metric;
    return [
      mistake(
        "bound-no-bucket",
        path,
        at,
        `${node.bound.value} ${node.bound.unit} is none of the buckets of ${name}`,
        `choose one of ${list(buckets.map(String))}, or add it to the buckets`,
      ),
    ];
  });
};
