import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { messageTemplate } from "../../../../lib/backends/alertmanager/template";

const folder = mkdtempSync(join(tmpdir(), "watchbill-template-"));
afterAll(() => rmSync(folder, { recursive: true }));

const alert = (alertname: string, summary: string, description: string) => ({
  status: "firing",
  labels: { alertname },
  annotations: { summary, description },
  startsAt: "2026-03-02T03:00:00Z",
  endsAt: "0001-01-01T00:00:00Z",
});
const traffic = alert("TrafficUnusual", "Traffic is unusual.", "It is 40% of the usual.");
const errors = alert("NewErrorType", "A new type of error has come up.", "1 is new.");

function render(name: string, alerts: readonly ReturnType<typeof alert>[]): string {
  const [first, second] = alerts;
  const data = {
    status: "firing",
    alerts,
    groupLabels: { service: "shop" },
    commonLabels: {
      environment: "production",
      severity: "info",
      owner: "commerce",
      priority: "p4",
      ...(!second && first?.labels),
    },
    commonAnnotations: second ? {} : first?.annotations,
    externalURL: "https://alertmanager.example.com",
  };
  writeFileSync(join(folder, "watchbill.tmpl"), messageTemplate);
  writeFileSync(join(folder, "data.json"), JSON.stringify(data));
  const words = [`--template.glob=${folder}/*.tmpl`, `--template.data=${folder}/data.json`];
  const text = `--template.text={{ template "watchbill.${name}" . }}`;
  return execFileSync("amtool", ["template", "render", ...words, text], { encoding: "utf8" }).trim();
}

test("a message about one alert begins with its summary", () => {
  expect(render("title", [traffic])).toBe("FIRING shop: Traffic is unusual (TrafficUnusual, production)");
  expect(render("text", [traffic])).toMatch(
    /^Traffic is unusual\.\n\n- It is 40% of the usual\. Since 2026-03-02 03:00:00 UTC\.\n/,
  );
});

test("a message about alerts of several kinds says of each what it is", () => {
  expect(render("title", [traffic, errors])).toBe("FIRING (2) shop: several things at once (production)");
  expect(render("text", [traffic, errors])).toContain(
    "- Traffic is unusual. It is 40% of the usual. Since 2026-03-02 03:00:00 UTC.\n- A new type of error has come up. 1 is new.",
  );
});

test("a silence for alerts of several kinds is one for the service", () => {
  const link = "https://alertmanager.example.com/#/silences/new?filter=%7B";
  expect(render("silence", [traffic])).toBe(`${link}alertname%3D%22TrafficUnusual%22%2Cservice%3D%22shop%22%7D`);
  expect(render("silence", [traffic, errors])).toBe(`${link}service%3D%22shop%22%7D`);
});
