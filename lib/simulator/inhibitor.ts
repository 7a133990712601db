import type { InhibitRule } from "./config";
import { existingOr } from "./existing-or";
import { type Labels, labelValue } from "./labels";
import { matchesAll } from "./matcher";
import type { Part, Subject } from "./subject";

/** Whom the sources can inhibit: nobody, all but what matches both sides, everybody. Further sources change nothing. */
function power(sources: ReadonlyMap<Subject, Part>): "none" | "some" | "all" {
  for (const { isBoth } of sources.values()) if (!isBoth) return "all";
  return sources.size > 0 ? "some" : "none";
}

/**
 * Which alerts keep which others quiet. A source does so whether or not it is itself told, inhibited or silenced. Labels
 * that both lack count as equal. What matches both sides of a rule is not inhibited by what does so too, and hence not
 * by itself.
 */
export class Inhibitor {
  readonly #sources = new Map<string, Map<Subject, Part>>();

  constructor(private readonly rules: readonly InhibitRule[]) {}

  /** Its parts in the rules, which never change. */
  parts(labels: Labels): Pick<Subject, "sourceIn" | "targetIn"> {
    const sourceIn: Part[] = [];
    const targetIn: Part[] = [];
    for (const [index, { source, target, equal }] of this.rules.entries()) {
      const isSource = matchesAll(source, labels);
      const isTarget = matchesAll(target, labels);
      if (!isSource && !isTarget) continue;
      const key = JSON.stringify([index, ...equal.map((name) => labelValue(labels, name))]);
      const part: Part = { key, isBoth: isSource && isTarget };
      if (isSource) sourceIn.push(part);
      if (isTarget) targetIn.push(part);
    }
    return { sourceIn, targetIn };
  }

  /** It begins to fire. Gives the keys of the parts that are inhibited from now on. */
  add(subject: Subject): readonly string[] {
    return this.#change(subject, (sources, part) => sources.set(subject, part));
  }

  /** It has resolved. Gives the keys of the parts that are inhibited no longer. */
  remove(subject: Subject): readonly string[] {
    return this.#change(subject, (sources) => sources.delete(subject));
  }

  #change(subject: Subject, make: (sources: Map<Subject, Part>, part: Part) => void): readonly string[] {
    return subject.sourceIn.flatMap((part) => {
      const sources = existingOr(this.#sources, part.key, () => new Map<Subject, Part>());
      const before = power(sources);
      make(sources, part);
      return power(sources) === before ? [] : [part.key];
    });
  }

  /** A firing alert that keeps this one quiet, by the first rule that has one. */
  inhibits({ targetIn }: Subject): Subject | undefined {
    for (const { key, isBoth } of targetIn) {
      for (const [source, part] of this.#sources.get(key) ?? []) if (!isBoth || !part.isBoth) return source;
    }
    return undefined;
  }
}
