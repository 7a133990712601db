import { services } from "../../services";
import { tickets } from "../../services/tickets";
import { environmentWith } from "../support/declarations";
import { complaintOf, type RuleCase } from "../support/rule-test";

const watched = environmentWith([tickets]);
const probe = (name: string, check: string, values: string) => ({
  [`${name}{job="tickets-blackbox",instance="https://tickets.example.com/",check="${check}",service="tickets"}`]:
    values,
});
const success = (check: string, values: string) => probe("probe_success", check, values);
const day = 86_400;
const ends = (days: number) => probe("probe_ssl_earliest_cert_expiry", "health", `${days * day + 7200}x400`);

test.each<[string, RuleCase]>([
  // A check each 30 s: two evaluations, of 15 s, read each result.
  [
    "two health checks in a row fail",
    { series: success("health", "1x8 0x40"), alert: "ServiceDown", at: "3m30s", fires: 1 },
  ],
  [
    "one health check fails",
    { series: success("health", "1x8 0 0 1x40"), alert: "ServiceDown", at: "3m30s", fires: 0 },
  ],
  ["the front page fails", { series: success("front-page", "1x8 0x80"), alert: "CheckFailing", at: "8m", fires: 1 }],
  [
    "two checks that fail are told apart",
    {
      series: { ...success("front-page", "0x80"), ...success("ready", "0x80") },
      alert: "CheckFailing",
      at: "6m",
      fires: 2,
    },
  ],
  [
    "the health check is no other check",
    { series: success("health", "0x80"), alert: "CheckFailing", at: "8m", fires: 0 },
  ],
  [
    "one result of the front page fails",
    { series: success("front-page", "1x8 0x9 1x60"), alert: "CheckFailing", at: "8m", fires: 0 },
  ],
  ["a certificate ends in 13 days", { series: ends(13), alert: "CertificateEndsSoon", at: "31m", fires: 1 }],
  [
    "a certificate ends in 13 days: it is not about to",
    { series: ends(13), alert: "CertificateAboutToEnd", at: "31m", fires: 0 },
  ],
  ["a certificate ends in 2 days", { series: ends(2), alert: "CertificateAboutToEnd", at: "31m", fires: 1 }],
  ["a certificate ends in 20 days", { series: ends(20), alert: "CertificateEndsSoon", at: "31m", fires: 0 }],
])("%s", (_, one) => {
  expect(complaintOf(watched, one)).toBe("");
});

test("every check of every service calls somebody", () => {
  for (const { watch, checks } of services) {
    const matchers = JSON.stringify(watch.flatMap(({ alerts }) => alerts.map(({ when }) => when.test)));
    for (const { id } of checks) expect(matchers).toMatch(new RegExp(`"value":"([^"]*\\|)?${id}(\\||")`));
  }
});
