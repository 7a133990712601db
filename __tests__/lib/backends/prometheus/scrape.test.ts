import { minutes, seconds, uptimeCheck } from "@watchbill/model";
import { prometheusConfig } from "../../../../lib/backends/prometheus/scrape";
import { environmentWith, shopWith } from "../../../support/declarations";

const probeEvery = (every: ReturnType<typeof minutes>, lapse = 1) => {
  const shop = shopWith([], { checks: [uptimeCheck("front-page", { path: "/", every })] });
  const { scrape_configs } = prometheusConfig(environmentWith([shop], { lapse }), [shop], () => "here:1");
  return scrape_configs.find(({ job_name }) => job_name === "shop-blackbox-front-page") as unknown as {
    scrape_interval: string;
    scrape_timeout: string;
  };
};

test("a check is made as often as it is declared, in the environment's time", () => {
  expect(probeEvery(minutes(1))).toMatchObject({ scrape_interval: "1m", scrape_timeout: "10s" });
  expect(probeEvery(minutes(1), 30)).toMatchObject({ scrape_interval: "2s", scrape_timeout: "2s" });
});

test("one that is declared to be rarer is made twice in the time after which Prometheus takes it for gone", () => {
  expect(probeEvery(minutes(5)).scrape_interval).toBe("2m30s");
  expect(probeEvery(minutes(60)).scrape_interval).toBe("2m30s");
  expect(probeEvery(minutes(2.5)).scrape_interval).toBe("2m30s");
  expect(probeEvery(minutes(5), 30).scrape_interval).toBe("10s");
  expect(probeEvery(seconds(149)).scrape_interval).toBe("2m29s");
});
