import { below, count, days, hours, largest, minutes, seconds, uptimeCheck } from "@watchbill/model";
import { alarm, mistakesOf, uptimeMetrics, watched } from "./shop";

const tests = (check: Parameters<typeof uptimeCheck>[1], changes: Parameters<typeof watched>[1] = {}) =>
  watched([], { ...changes, service: { checks: [uptimeCheck("front", check)] } }).data.syntheticsTests;
const [first] = tests({ path: "/shop?x=1" });

const shopDown = (held = minutes(2)) =>
  alarm(below(largest(uptimeMetrics.success.where({ check: "health" })), count(1, "checks")), {
    id: "ShopDown",
    for: held,
    severity: "critical",
    summary: "The shop is down.",
    description: "The check passes from {value} places.",
  });

describe("an uptime check as a test of Synthetic Monitoring", () => {
  test("asks as it is declared, and more than half of the places must fail, after two more tries each", () => {
    expect(first).toMatchObject({
      key: "shop-front",
      subtype: "http",
      status: "live",
      locations: ["aws:eu-central-1", "aws:us-east-1"],
      request: { method: "GET", url: "https://shop.example.com/shop?x=1", timeout: 10 },
      assertions: [{ type: "statusCode", operator: "is", target: 200 }],
      options: {
        tickEvery: 60,
        minLocationFailed: 2,
        minFailureDuration: 0,
        retry: { count: 2, interval: 1000 },
        followRedirects: true,
      },
    });
    expect(first?.tags).toContain("check:front");
  });

  test("holds the answer's time and body against what is expected", () => {
    const [expecting] = tests({ path: "/", expect: { status: 302, body: '"ok"', within: seconds(1.5) } });
    expect(expecting?.assertions).toEqual([
      { type: "statusCode", operator: "is", target: 302 },
      { type: "responseTime", operator: "lessThan", target: 1500 },
      { type: "body", operator: "contains", target: '"ok"' },
    ]);
    expect(expecting?.options.followRedirects).toBe(false);
  });

  test("of a certificate is a test of its own, where there is one", () => {
    const expect14 = { path: "/", expect: { certificateFor: days(14) } };
    const [, certificate] = tests(expect14);
    expect(certificate).toMatchObject({
      key: "shop-front-certificate",
      subtype: "ssl",
      request: { host: "shop.example.com", port: 443 },
      assertions: [{ type: "certificate", operator: "isInMoreThan", target: 14 }],
      options: { acceptSelfSigned: false, checkCertificateRevocation: true },
    });
    const plain = { shop: { url: "http://shop.internal", targets: { service: [] } } };
    expect(tests(expect14, { environment: { at: plain } })).toHaveLength(1);
  });

  test.each([
    [["europe"], ["aws:eu-central-1"], 1],
    [["africa", "asia", "oceania"], ["aws:af-south-1", "aws:ap-northeast-1", "aws:ap-southeast-2"], 2],
    [["south-america", "europe", "north-america", "asia"], expect.any(Array), 3],
  ] as const)("from %j", (regions, locations, minLocationFailed) => {
    expect(tests({ path: "/", regions: [...regions] })[0]).toMatchObject({ locations, options: { minLocationFailed } });
  });

  test.each([
    [seconds(40), 30],
    [minutes(2), 60],
    [minutes(5), 300],
    [hours(1), 3600],
  ])("runs as often as Datadog offers nearest to %j", (every, tickEvery) => {
    expect(tests({ path: "/", every })[0]?.options.tickEvery).toBe(tickEvery);
  });

  test("of a few seconds is a mistake with a way out", () => {
    const changes = { service: { checks: [uptimeCheck("front", { path: "/", every: seconds(5) })] } };
    expect(mistakesOf([], changes)).toEqual([
      "datadog-inexpressible production/shop/front: Datadog can't express a check every 5 s" +
        " → make it between 30 seconds and 7 days",
    ]);
  });

  test("tells the alert of its failure, in place of a monitor", () => {
    const { data, diagnostics } = watched([shopDown()]);
    expect(diagnostics).toEqual([]);
    expect(data.monitors).toEqual([]);
    expect(data.syntheticsTests[0]?.options).toMatchObject({
      minFailureDuration: 120,
      monitorName: "[shop/production] The shop is down",
      monitorPriority: 1,
      renotifyInterval: 60,
    });
    expect(data.syntheticsTests[0]?.message).toMatch(
      /^\{\{#is_alert\}\}\nThe shop is down. The check passes from 0 places./,
    );
    expect(data.syntheticsTests[0]?.message).toMatch(/@pagerduty-shop @slack-alerts$/);
  });

  test("without an alert calls nobody", () => {
    expect(first?.message).not.toContain("@");
    expect(first?.options).not.toHaveProperty("monitorPriority");
  });

  test("can't fail for hours before it calls", () => {
    expect(mistakesOf([shopDown(hours(3))])).toEqual([
      "datadog-inexpressible production/shop/health: Datadog can't express a check that may fail for more than two hours" +
        " → shorten `for`",
    ]);
  });
});
