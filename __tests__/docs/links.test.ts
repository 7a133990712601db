import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { anchors, markdownFiles, readMarkdown, relativeLinks, root } from "../support/markdown";

const files = markdownFiles();

test("the pages that everybody looks for are there", () => {
  expect(files).toEqual(
    expect.arrayContaining([
      "README.md",
      "CONTRIBUTING.md",
      "CHANGELOG.md",
      "docs/decisions.md",
      "docs/diagnostics.md",
    ]),
  );
});

/** What is wrong with a link: its file or its heading is not there. */
function broken(from: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? from : join(dirname(from), path);
  if (!existsSync(join(root, target))) return true;
  if (anchor === undefined) return false;
  return statSync(join(root, target)).isDirectory() || !anchors(readMarkdown(target)).includes(anchor);
}

test.each(files)("every link of %s leads to a file, a folder or a heading that is there", (file) => {
  expect(relativeLinks(readMarkdown(file)).filter((link) => broken(file, link))).toEqual([]);
});

test("a link to what is not there is found", () => {
  const links = [
    "nowhere.md",
    "README.md",
    "README.md#limits",
    "README.md#no-such-heading",
    "#limits",
    "docs",
    "docs#x",
  ];
  expect(links.filter((link) => broken("README.md", link))).toEqual([
    "nowhere.md",
    "README.md#no-such-heading",
    "docs#x",
  ]);
});

test("no page names a place of one machine", () => {
  const texts = files.map((file) => [file, readMarkdown(file)] as const);
  // What begins with /etc or /proc is the same on every machine.
  expect(
    texts.filter(([, text]) => /(^|[\s`("])\/(work|home|root|tmp|Users)\//m.test(text)).map(([file]) => file),
  ).toEqual([]);
});
