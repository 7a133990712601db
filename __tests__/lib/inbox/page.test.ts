import type { Message } from "../../../lib/inbox/message";
import { inboxPage } from "../../../lib/inbox/page";

const now = new Date("2026-01-31T12:05:00Z");
const message: Message = {
  id: "1",
  at: "2026-01-31T12:03:41Z",
  channel: "slack",
  to: "#alerts",
  status: "firing",
  title: "<script>alert(1)</script>",
  text: "a & b",
  links: [
    { text: "Runbook", url: 'https://example.com/"onclick' },
    { text: "Bad", url: "javascript:alert(1)" },
  ],
};

test("the page refreshes, shows the newest first, and says what fires in its title", () => {
  const page = inboxPage([message, { ...message, id: "2", title: "newer" }], now);
  expect(page).toContain('<meta http-equiv="refresh" content="5">');
  expect(page.indexOf("<b>newer</b>")).toBeLessThan(page.indexOf("<b>&#60;script"));
  expect(page).toContain("<title>(2) Inbox</title>");
});

test("nothing in a message becomes markup, and no link runs a script", () => {
  const page = inboxPage([message], now);
  expect(page).not.toContain("<script");
  expect(page).toContain("a &#38; b");
  expect(page).toContain('<a href="https://example.com/&#34;onclick" rel="noreferrer">Runbook</a>');
  expect(page).not.toContain("javascript:");
});

test("an empty inbox says so", () => {
  expect(inboxPage([], now)).toContain("Nobody has been called.");
});
