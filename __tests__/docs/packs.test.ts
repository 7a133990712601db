import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Service } from "@watchbill/model";
import * as packs from "../../alert-rules";
import { services } from "../../services";
import { monitoring } from "../../services/monitoring";
import { readMarkdown, root, tableRows } from "../support/markdown";

const rows = tableRows(readMarkdown("docs/packs.md")).filter(([first = ""]) => first.includes("alert-rules/"));
const codeIn = (text: string) => [...text.matchAll(/`(\w+)`/g)].map(([, word = ""]) => word);

test("every pack that it names can be imported, under that name", () => {
  const named = rows.flatMap(([first = ""]) => codeIn(first));
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((name) => !(name in packs))).toEqual([]);
});

test("every alert that it names is one that its pack can give", () => {
  const declared = readdirSync(join(root, "alert-rules")).flatMap((file) =>
    [...readFileSync(join(root, "alert-rules", file), "utf8").matchAll(/\b(?:alert|levels)\("(\w+)"/g)].map(
      ([, id = ""]) => id,
    ),
  );
  const all: readonly Service[] = [monitoring, ...services];
  const given = all.flatMap(({ watch }) => watch.flatMap(({ alerts }) => alerts));
  const known = new Set([...declared, ...given.map(({ id }) => id), "ErrorBudgetBurnFast", "ErrorBudgetBurnSlow"]);
  const named = rows.flatMap(([, , tells = ""]) => codeIn(tells));
  expect(named.length).toBeGreaterThan(45);
  expect(named.filter((id) => !known.has(id))).toEqual([]);
});
