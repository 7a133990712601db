import { existsSync, statSync } from "node:fs";
import { type Diagnostic, DiagnosticsError } from "@watchbill/model";
import { type Samples, writeSamples } from "../samples";
import type { Selector } from "../selectors";
import { blockSamples } from "./blocks";
import { readOpenMetrics } from "./open-metrics";
import { type Told, urlSeries } from "./url";

/** What of a source is needed. Times in milliseconds; `raw` and `lead` are a plan's. */
export interface Needs {
  readonly raw: readonly Selector[];
  readonly lead: number;
  readonly from: number;
  readonly to: number;
  readonly told?: Told;
}

const isUrl = (text: string) => /^https?:\/\//.test(text);

/**
 * Samples of a running Prometheus (its address), of a folder of its blocks, or of a file in OpenMetrics text.
 *
 * @throws DiagnosticsError data-missing, data-empty, data-unreachable, open-metrics, blocks-…
 */
export async function samplesFrom(data: string, { raw, lead, from, to, told }: Needs): Promise<Samples> {
  const refuse = (code: string, message: string, hint: string) => {
    const diagnostic: Diagnostic = { code, severity: "error", path: data, message, hint };
    return new DiagnosticsError([diagnostic]);
  };
  const read = (): Promise<Samples> | Samples => {
    if (isUrl(data)) return writeSamples(urlSeries(data, raw, from - lead, to, told));
    if (!existsSync(data)) {
      throw refuse(
        "data-missing",
        "there is no such file or folder",
        "name one, or an address that begins with http://",
      );
    }
    if (statSync(data).isDirectory()) return blockSamples(data, from - lead, to);
    return readOpenMetrics(data).then(writeSamples);
  };
  const samples = await read();
  // What rules look back on is not enough: something must be in the span itself.
  if (samples.count > 0 && samples.first <= to && samples.last >= from) return samples;
  samples.remove();
  const found =
    samples.count === 0
      ? "there is no sample of what the rules read"
      : `its samples are from ${spelt(samples.first)} to ${spelt(samples.last)}`;
  throw refuse("data-empty", `nothing is in the time asked for: ${found}`, "give other times, or other data");
}

const spelt = (time: number) => `${new Date(time).toISOString().slice(0, 16)}Z`;
