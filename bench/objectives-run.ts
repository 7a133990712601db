import { days, percent } from "@watchbill/model";
import { availability } from "../alert-rules/objectives";
import { objectiveGroup } from "../lib/backends/prometheus/objective";
import { ruleFile } from "../lib/backends/prometheus/rule-file";
import { estate } from "./estate";

/** Turns so many objectives, each of a service of its own, into rule files; says how many bytes those have. */
const environment = estate(0);
const [sample] = estate(1).services;
if (!sample) throw new Error("there is no service");
let bytes = 0;
for (let index = 0; index < Number(process.argv[2]); index++) {
  const objective = availability({ target: percent(99.9), over: days(30) });
  const service = { ...sample, name: `service-${index}`, objectives: [objective] };
  bytes += ruleFile([objectiveGroup(environment, service, objective)]).length;
}
console.log(JSON.stringify({ bytes }));
