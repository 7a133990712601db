import type { Diagnostic } from "@watchbill/model";
import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node, visit } from "yaml";
import { BadSyntax } from "./bad-syntax";
import { parseDuration } from "./duration";

type Yaml = Node | undefined;
type Said = Pick<Diagnostic, "code" | "path" | "message" | "hint">;

/** A YAML file as it is read: what is wrong with it is gathered, each with its line. */
export class Reading {
  readonly #said: { readonly diagnostic: Diagnostic; readonly offset: number }[] = [];

  constructor(
    private readonly document: Document,
    private readonly lines: LineCounter,
    private readonly file: string,
  ) {}

  /** What was found to be wrong, from the top of the file to its end. */
  diagnostics(): readonly Diagnostic[] {
    return [...this.#said].sort((a, b) => a.offset - b.offset).map(({ diagnostic }) => diagnostic);
  }

  #at(node: Yaml): string {
    const offset = node?.range?.[0];
    return offset === undefined ? this.file : `${this.file}:${this.lines.linePos(offset).line}`;
  }

  mistake(node: Yaml, said: Said): void {
    const offset = node?.range?.[0] ?? 0;
    this.#said.push({ diagnostic: { ...said, severity: "error", at: this.#at(node) }, offset });
  }

  /** A value of the wrong form, a field that is missing, unknown or out of place. */
  misplaced(node: Yaml, path: string, message: string, hint: string): void {
    this.mistake(node, { code: "alertmanager-field", path, message, hint });
  }

  /** What is behind an alias, and nothing in place of null. */
  resolved(node: unknown): Yaml {
    let found = node as Yaml | { resolve(document: Document): Yaml };
    while (found && "resolve" in found && typeof found.resolve === "function") found = found.resolve(this.document);
    return !found || (isScalar(found) && found.value === null) ? undefined : (found as Yaml);
  }

  /** The fields of a mapping, by name; another than the known ones is a mistake. */
  fields<K extends string>(node: Yaml, path: string, known: readonly K[]): Partial<Record<K, Node>> {
    const found: Partial<Record<string, Node>> = {};
    for (const [name, key, value] of this.entries(node, path)) {
      const isKnown = (known as readonly string[]).includes(name);
      if (!isKnown) this.misplaced(key, path, `there is no field "${name}" here`, `there are ${known.join(", ")}`);
      else if (value) found[name] = value;
    }
    return found as Partial<Record<K, Node>>;
  }

  /** Name, its node and its value; those of a merged mapping (`<<`) come first. */
  entries(node: Yaml, path: string): readonly (readonly [string, Yaml, Yaml])[] {
    const mapping = this.resolved(node);
    if (mapping === undefined) return [];
    if (!isMap(mapping)) {
      this.misplaced(mapping, path, "here has to be a mapping", "write `name: value` lines");
      return [];
    }
    return mapping.items.flatMap(({ key, value }): (readonly [string, Yaml, Yaml])[] => {
      const name = this.#source(key as Node);
      if (name !== "<<") return [[name, key as Node, this.resolved(value)]];
      const merged = this.resolved(value);
      return (isSeq(merged) ? merged.items : [merged]).flatMap((one) => this.entries(one as Yaml, path));
    });
  }

  /** The elements of a list; nothing where there is no list. */
  list(node: Yaml, path: string): readonly Yaml[] {
    const sequence = this.resolved(node);
    if (sequence === undefined) return [];
    if (isSeq(sequence)) return sequence.items.map((item) => this.resolved(item));
    this.misplaced(sequence, path, "here has to be a list", "write each element on a line with a dash");
    return [];
  }

  /** A scalar as it is written: what looks like a number or a date is text as well. */
  text(node: Yaml, path: string): string | undefined {
    const scalar = this.resolved(node);
    if (scalar === undefined) return undefined;
    if (isScalar(scalar)) return this.#source(scalar);
    this.misplaced(scalar, path, "here has to be a text", "write it on the same line");
    return undefined;
  }

  texts(node: Yaml, path: string): readonly string[] {
    return this.list(node, path).flatMap((item) => this.text(item, path) ?? []);
  }

  /**
   * Names of labels, as all versions together take them: of any letters since 0.27, but such that a matcher could name
   * them without quotes. Whatever is not is two names in one, or none.
   */
  labelNames(node: Yaml, path: string): readonly string[] {
    return this.list(node, path).flatMap((item) => {
      const name = this.text(item, path) ?? "";
      if (/^[^{}!=~,\\"'`\s]+$/.test(name)) return [name];
      this.misplaced(item, path, `"${name}" is no label name`, "write each name by itself: [alertname, service]");
      return [];
    });
  }

  flag(node: Yaml, path: string): boolean | undefined {
    const text = this.text(node, path);
    if (text === undefined) return undefined;
    if (/^(y|yes|true|on)$/i.test(text)) return true;
    if (/^(n|no|false|off)$/i.test(text)) return false;
    this.misplaced(node, path, `"${text}" is neither true nor false`, "write true or false");
    return undefined;
  }

  /** Milliseconds. */
  duration(node: Yaml, path: string): number | undefined {
    const text = this.text(node, path);
    if (text === undefined) return undefined;
    const duration = parseDuration(text);
    const hint = "write a number with its unit, the longer unit first: 30s, 5m, 1h30m, 1d";
    if (duration === undefined)
      this.mistake(node, { code: "alertmanager-duration", path, message: `"${text}" is no duration`, hint });
    return duration;
  }

  /** What a text means, or nothing and a mistake where its syntax is wrong. */
  parsed<T>(node: Yaml, parse: () => T, mistake: (message: string) => Said): T | undefined {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof BadSyntax)) throw error;
      this.mistake(node, mistake(error.message));
      return undefined;
    }
  }

  #source(node: Node): string {
    return isScalar(node) ? (node.source ?? String(node.value)) : "";
  }
}

/** Whether an alias leads to itself, which no reader comes to the end of. */
export function isEndless(document: Document): boolean {
  let endless = false;
  visit(document, {
    Alias(_, alias, path) {
      const target = alias.resolve(document);
      if (target && path.includes(target)) endless = true;
    },
  });
  return endless;
}
