import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Arrival } from "../../../lib/inbox/message";
import { Store } from "../../../lib/inbox/store";

const folder = mkdtempSync(join(tmpdir(), "inbox-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = () => join(folder, `${files++}`, "messages.jsonl");

const page = (title: string): Arrival => ({ channel: "slack", to: "#alerts", status: "firing", title, text: "" });
const beat = (name: string): Arrival => ({ channel: "heartbeat", to: name, status: "notice", title: name, text: "" });
const at = (second: number) => new Date(Date.UTC(2026, 0, 31, 12, 0, second));
const fail = (line: string) => {
  throw new Error(line);
};

test("messages come back in order after a restart, and numbering goes on", () => {
  const file = newFile();
  const store = new Store(file, fail);
  store.add(page("a"), at(0));
  store.add(page("b"), at(1));
  const again = new Store(file, fail);
  again.add(page("c"), at(2));
  expect(new Store(file, fail).list().map(({ id, title }) => [id, title])).toEqual([
    ["1", "a"],
    ["2", "b"],
    ["3", "c"],
  ]);
});

test("a torn last line is cut off, and what comes next is whole", () => {
  const file = newFile();
  new Store(file, fail).add(page("a"), at(0));
  appendFileSync(file, '{"id":"2","at":"2026');
  const lines: string[] = [];
  const store = new Store(file, (line) => lines.push(line));
  expect(lines).toEqual([`inbox: ${file}: its last line was torn, 20 bytes cut off`]);
  store.add(page("b"), at(1));
  expect(new Store(file, fail).list().map(({ id, title }) => [id, title])).toEqual([
    ["1", "a"],
    ["2", "b"],
  ]);
});

test("a line in the middle that is no message is passed over and named", () => {
  const file = newFile();
  const store = new Store(file, fail);
  store.add(page("a"), at(0));
  appendFileSync(file, "rubbish\n");
  store.add(page("b"), at(1));
  const lines: string[] = [];
  expect(new Store(file, (line) => lines.push(line)).list().map(({ title }) => title)).toEqual(["a", "b"]);
  expect(lines).toEqual([`inbox: ${file}:2 is not a message; passed over`]);
});

test("a message that can't be written is an error and not in the list; later ones are whole", () => {
  const file = newFile();
  const store = new Store(file, fail);
  store.add(page("a"), at(0));
  const content = readFileSync(file);
  // Root may write to any file, so a folder in its place stands for the full disk.
  rmSync(file);
  mkdirSync(file);
  expect(() => store.add(page("lost"), at(1))).toThrow("EISDIR");
  rmSync(file, { recursive: true });
  writeFileSync(file, Buffer.concat([content, Buffer.from('{"half":')]));
  store.add(page("c"), at(2));
  expect(store.list().map(({ title }) => title)).toEqual(["a", "c"]);
  const lines: string[] = [];
  expect(new Store(file, (line) => lines.push(line)).list().map(({ title }) => title)).toEqual(["a", "c"]);
  expect(lines).toHaveLength(1);
});

test("of a heartbeat the last beat counts, with their number", () => {
  const store = new Store(newFile(), fail);
  store.add(beat("watchdog"), at(0));
  store.add(page("a"), at(1));
  store.add(beat("other"), at(2));
  store.add(beat("watchdog"), at(3));
  expect(store.list().map(({ id, to }) => [id, to])).toEqual([
    ["2", "#alerts"],
    ["3", "other"],
    ["4", "watchdog"],
  ]);
  expect(store.list()[2]!.beats).toEqual({ count: 2, since: at(0).toISOString() });
});

test("since an id comes what is newer, since a time what came then or later", () => {
  const store = new Store(newFile(), fail);
  for (const second of [0, 1, 2]) store.add(page(`${second}`), at(second));
  const titles = (since: string) => store.list(since).map(({ title }) => title);
  expect(titles("2")).toEqual(["2"]);
  expect(titles("0")).toEqual(["0", "1", "2"]);
  expect(titles(at(1).toISOString())).toEqual(["1", "2"]);
});

test("a message that is kept is taken, though the file can't be made shorter; that is told now and then", () => {
  const file = newFile();
  const lines: string[] = [];
  const store = new Store(file, (line) => lines.push(line));
  mkdirSync(`${file}.next`);
  for (let beats = 1; beats <= 1500; beats++) store.add(beat("watchdog"), at(beats));
  expect(lines).toEqual([
    `inbox: ${file} can't be made shorter: EISDIR: illegal operation on a directory, open '${file}.next'`,
  ]);
  expect(new Store(file, () => {}).list()[0]).toMatchObject({ id: "1500", beats: { count: 1500 } });
  rmSync(`${file}.next`, { recursive: true });
  for (let beats = 1501; beats <= 2010; beats++) store.add(beat("watchdog"), at(beats));
  expect(readFileSync(file, "utf8").split("\n").length).toBeLessThan(20);
});

test("beats do not let the file grow for ever", () => {
  const file = newFile();
  const store = new Store(file, fail);
  store.add(page("a"), at(0));
  for (let count = 0; count < 2500; count++) store.add(beat("watchdog"), at(count));
  expect(readFileSync(file, "utf8").split("\n").length).toBeLessThan(1100);
  const [first, last] = new Store(file, fail).list();
  expect([first!.title, last!.beats!.count]).toEqual(["a", 2500]);
});
