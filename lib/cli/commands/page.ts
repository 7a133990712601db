import { readFileSync } from "node:fs";
import { type Diagnostic, DiagnosticsError, refuseErrors } from "@watchbill/model";
import { mistake } from "../../checks/check";
import { compile } from "../../compile";
import { surroundings } from "../../project";
import { type AlertmanagerConfig, fingerprint, type Labels, readAlertmanagerConfig } from "../../simulator";
import { environmentNamed } from "../environment";
import { asConfigured, asDeclared, type ChannelName } from "../page/channels";
import { readMoment } from "../page/moment";
import { labelsOf } from "../page/rules";
import { say } from "../page/say";
import { toldInstead, whoIsTold } from "../page/told";
import { onlyZone, zoneOf, zonesOf } from "../page/zone";

export interface PageOptions {
  readonly environment: string;
  /** Default: now. */
  readonly at?: string;
  /** Instead of an environment's: an alertmanager.yml, with labels of any kind. */
  readonly config?: string;
  /** What else fires, each an alert's name and labels. */
  readonly while?: readonly string[];
}

/** Where the answer is looked up. */
interface Place {
  readonly config: AlertmanagerConfig;
  readonly zone: string;
  readonly channel: ChannelName;
  readonly labelsOf: (alertname: string, labels: Labels) => readonly Labels[] | Diagnostic;
}

const unless = <T extends object>(found: T | Diagnostic): T => {
  if ("hint" in found) throw new DiagnosticsError([found as Diagnostic]);
  return found;
};

/** Reads what follows an alert's name: `service=tickets`, `instance=tickets-1:3000`. */
function readLabels(alertname: string, words: readonly string[]): Labels {
  const read = words.map((word) => {
    const [, name, value] = /^([^=]+)=(.*)$/.exec(word) ?? [];
    if (name === "alertname" && value !== alertname) {
      const hint = "leave alertname out, or ask about the other alert";
      return mistake("page-label", "page", undefined, `the alert is called ${alertname}, not "${value}"`, hint);
    }
    if (name !== undefined && value !== undefined) return [name, value] as const;
    const hint = "write a label and its value: service=tickets";
    return mistake("page-label", "page", undefined, `"${word}" is no label`, hint);
  });
  const mistakes = read.filter((one): one is Diagnostic => "code" in one);
  refuseErrors(mistakes);
  return Object.fromEntries(read as readonly (readonly [string, string])[]);
}

function readFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const said =
      (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : (error as Error).message;
    throw new DiagnosticsError([
      mistake("alertmanager-unreadable", "page", path, said, "name an alertmanager.yml that can be read"),
    ]);
  }
}

function read(text: string, file: string): AlertmanagerConfig {
  const { config, diagnostics } = readAlertmanagerConfig(text, file);
  if (!config) throw new DiagnosticsError(diagnostics);
  return config;
}

function placeOfFile(file: string): Place {
  const config = read(readFile(file), file);
  return {
    config,
    zone: onlyZone(zonesOf(config)),
    channel: asConfigured,
    labelsOf: (alertname, labels) => [{ ...labels, alertname }],
  };
}

function placeOfEnvironment(name: string): Place {
  const declared = environmentNamed(name);
  const compiled = compile(declared, surroundings());
  refuseErrors(compiled.diagnostics);
  const path = "alertmanager/alertmanager.yml";
  const text = compiled.files[path];
  if (text === undefined) {
    const hint = "ask about one that has, or about a file: --config alertmanager.yml";
    throw new DiagnosticsError([mistake("no-alertmanager", name, declared.place, `${name} has no Alertmanager`, hint)]);
  }
  const config = read(text, `manifests/${name}/${path}`);
  return {
    config,
    zone: zoneOf(config, compiled),
    channel: asDeclared(compiled.environment),
    labelsOf: (alertname, labels) => labelsOf(compiled, alertname, labels),
  };
}

/** Says who is told of an alert that fires at a moment, a line for each service that has it. */
export async function page(alertname: string, words: readonly string[], options: PageOptions): Promise<number> {
  const labels = readLabels(alertname, words);
  const place = options.config === undefined ? placeOfEnvironment(options.environment) : placeOfFile(options.config);
  const { config, zone, channel } = place;
  const moment = options.at === undefined ? { at: Date.now() } : unless(readMoment(options.at, zone));
  const alerts = unless(place.labelsOf(alertname, labels));
  const lines = alerts.map((each) => {
    const meanwhile = (options.while ?? []).flatMap((text) => {
      const others = besides(place, each, text);
      // It would have begun an hour ago, and not now.
      if (!others.some((other) => fingerprint(other) === fingerprint(each))) return others;
      const hint = `name another alert, or another of it: --while "${alertname} instance=…"`;
      throw new DiagnosticsError([mistake("page-while", "page", `--while ${text}`, "it is the alert itself", hint)]);
    });
    const told = whoIsTold(config, each, moment.at, meanwhile);
    const instead = toldInstead(config, told, moment.at, meanwhile);
    return say({ labels: each, zone, channel, ...moment }, told, instead);
  });
  for (const line of new Set(lines)) console.log(line);
  return 0;
}

/** What else fires: the same service's where it has such an alert, else everybody's. */
function besides(place: Place, { service }: Labels, text: string): readonly Labels[] {
  const [name = "", ...words] = text.trim().split(/\s+/);
  const labels = readLabels(name, words);
  const own = service === undefined ? undefined : place.labelsOf(name, { service, ...labels });
  return own && !("hint" in own) ? own : unless(place.labelsOf(name, labels));
}
