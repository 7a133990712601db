import type { Diagnostic } from "@watchbill/model";
import { nearest } from "../nearest";
import { list, mistake, type Surroundings } from "./check";
import { organizations } from "./organizations";
import { type Difference, differences, type Side } from "./parity";
import { unread } from "./variables";

/** One of all environments, as far as what concerns several of them goes. */
interface Among extends Side {
  readonly variables: readonly string[];
}

const covers = (declared: string, path: string) => path === declared || path.startsWith(`${declared}/`);

/** Environments that are like another one differ from it in what they say alone, and say nothing that isn't so. */
function parity(all: readonly Among[], one: Among): readonly Diagnostic[] {
  const { name, like, differs, place } = one.environment;
  const declared = Object.entries(differs);
  const other = all.find(({ environment }) => environment.name === like && like !== name);
  if (like !== undefined && !other) {
    const names = all.map(({ environment }) => environment.name).filter((candidate) => candidate !== name);
    return [
      mistake(
        "like-unknown",
        `${name}/like`,
        place,
        `there is no other environment "${like}"`,
        `name one of ${list(names)}`,
      ),
    ];
  }
  const found: readonly Difference[] = other ? differences(one, other) : [];
  const undeclared = found.filter(({ path }) => !declared.some(([covering]) => covers(covering, path)));
  return [
    ...undeclared.map(({ path, message }) =>
      mistake(
        "undeclared-difference",
        `${name}/${path}`,
        place,
        `${path} ${message}`,
        `make them the same, or say why: differs: { "${path}": "…" }`,
      ),
    ),
    ...declared.flatMap(([path, reason]) => {
      if (reason.trim() === "") {
        return [
          mistake("difference-reason", `${name}/differs/${path}`, place, "no reason is given", "say why it differs"),
        ];
      }
      if (found.some((difference) => covers(path, difference.path))) return [];
      const what = other ? `nothing of "${path}" differs from ${like}` : `${name} is like no other environment`;
      return [mistake("stale-difference", `${name}/differs/${path}`, place, what, "remove the line")];
    }),
  ];
}

const ending = "_THRESHOLD";
const stem = (name: string) => name.slice(0, -ending.length);

/** Whether one name is another one misspelt, apart from the ending that they share. */
const isMisspelt = (name: string, known: readonly string[]) =>
  nearest(stem(name), known.filter((one) => one.endsWith(ending)).map(stem), Math.max(1, stem(name).length / 4)) !==
  undefined;

/**
 * A limit that the command sets under a name that no environment knows would be set in vain. A name that is like none of
 * ours may belong to whatever else the shell is used for.
 */
function unreadByAll(all: readonly Among[], command: Surroundings["command"] = {}): readonly Diagnostic[] {
  const known = [...new Set(all.flatMap(({ variables }) => variables))].sort();
  return Object.keys(command)
    .filter((name) => name.endsWith(ending) && !known.includes(name))
    .sort()
    .map((name) => ({
      ...unread(name, "the command's environment", name, known),
      severity: isMisspelt(name, known) ? "error" : "warning",
    }));
}

/** What is wrong between environments, each of them being right in itself. */
export const checkAcross = (all: readonly Among[], { command }: Surroundings): readonly Diagnostic[] => [
  ...all.flatMap((one) => parity(all, one)),
  ...all.flatMap((one) => organizations(all, one)),
  ...unreadByAll(all, command),
];
