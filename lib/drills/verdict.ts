import type { AlertsOfService, Expectation } from "@watchbill/model";
import { clock } from "./clock";
import { alertName, pages, type Told, told } from "./pages";
import type { Played } from "./play";
import type { RuleSet } from "./rule-set";

/** Whether one thing that a drill demands came true. */
export interface Verdict {
  readonly ok: boolean;
  readonly said: string;
}

const isOf = ({ service, alerts }: AlertsOfService, one: Told) =>
  one.alerts.some((alert) => alert.labels.service === service.name && alerts.includes(alertName(alert)));
const namesOf = ({ alerts }: AlertsOfService) => alerts.join(" or ");
const firing = (one: Told) => [...new Set(one.alerts.map(alertName))].join(", ");

function inTime(wanted: Expectation, found: Told | undefined, begins: number, verb: string): Verdict {
  const limit = `within ${clock(wanted.within.value * 1000)}`;
  if (!found) return { ok: false, said: `${namesOf(wanted)} never ${verb}; it should ${limit}` };
  const after = found.at - begins;
  const said = `${firing(found)} ${verb} after ${clock(after)}`;
  if (after > wanted.within.value * 1000) return { ok: false, said: `${said}; it should ${limit}` };
  const { value: soonest } = wanted.notBefore;
  if (after < soonest * 1000) return { ok: false, said: `${said}; it should not before ${clock(soonest * 1000)}` };
  return { ok: true, said: `${said}, ${limit}` };
}

/** Holds what came of a drill against what it demands. */
export function verdicts({ drill, begins, notifications }: Played, set: RuleSet): readonly Verdict[] {
  const everything = told(notifications, set);
  const woken = pages(notifications, set);
  const expected = drill.pages.map((wanted) => ({ wanted, found: woken.find((one) => isOf(wanted, one)) }));
  const useful = new Set(expected.map(({ found }) => found));
  const needless = woken.filter((one) => !useful.has(one));
  return [
    ...expected.map(({ wanted, found }) => inTime(wanted, found, begins, "pages")),
    ...drill.tells.map((wanted) =>
      inTime(
        wanted,
        everything.find((one) => isOf(wanted, one)),
        begins,
        "tells",
      ),
    ),
    ...drill.silent.map((alerts): Verdict => {
      const heard = everything.filter((one) => isOf(alerts, one));
      if (heard.length === 0) return { ok: true, said: `nobody hears of ${namesOf(alerts)}` };
      const when = heard.map((one) => `${firing(one)} after ${clock(one.at - begins)}`);
      return { ok: false, said: `somebody hears of ${when.join(", ")}; nobody should` };
    }),
    needless.length === 0
      ? { ok: true, said: drill.pages.length === 0 ? "nobody is paged" : "nothing else pages" }
      : {
          ok: false,
          said: `pages for nothing: ${needless.map((one) => `${firing(one)} at ${clock(one.at - begins)}`).join(", ")}`,
        },
  ];
}
