import { alert, always, formatDiagnostic, minutes, scrapeMetrics, secret, webhook } from "@watchbill/model";
import { check } from "../../../lib/checks";
import { environmentWith, shopWith } from "../../support/declarations";

const watchdog = alert("Watchdog", {
  when: always(scrapeMetrics.targetUp, { within: minutes(2) }),
  severity: "info",
  summary: "Monitoring works.",
  description: "Always {value}.",
});
const shop = shopWith([watchdog]);
const found = (changes: Parameters<typeof environmentWith>[1]) =>
  check({ environment: environmentWith([shop], changes), services: [shop] }, { runbooks: new Set(["watchdog"]) }).map(
    (one) => formatDiagnostic(one).replace(/:\d+/, ""),
  );
const url = "https://heartbeat.example.com/shop";

test("what fires always wants somebody who would miss it", () => {
  expect(found({})).toEqual([
    'error heartbeat-missing __tests__/lib/checks/heartbeat.test.ts [test/shop/Watchdog]: Watchdog fires always, and test has nobody who would miss it → declare `heartbeat: webhook("heartbeat", { url })` in the environment',
  ]);
  expect(found({ heartbeat: webhook("heartbeat", { url }) })).toEqual([]);
});

test("the name of the heartbeat's secret is a file's name", () => {
  expect(found({ heartbeat: webhook("heartbeat", { url, token: secret("Heart Beat") }) })).toEqual([
    expect.stringContaining("\"Heart Beat\" can't be a secret's file name"),
  ]);
});
