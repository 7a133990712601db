import { byGroup, differences, type Played, played } from "../../support/alertmanager-play";

const config = (url: string) => `
route:
  receiver: rest
  group_by: [alertname]
  group_wait: 1s
  group_interval: 2s
  repeat_interval: 5s
  routes:
    - matchers: [ team="a" ]
      receiver: both
      continue: true
    - matchers: [ team="a", alertname="Slow" ]
      receiver: rest
      group_by: ["..."]
      group_wait: 0s
      repeat_interval: 1h
    - matchers: [ team="b" ]
      receiver: rest
      routes:
        - matchers: [ alertname="Slow" ]
          group_wait: 3s
          group_interval: 3s
receivers:
  - name: both
    webhook_configs:
      - { url: "${url}both/0" }
      - { url: "${url}both/1", send_resolved: false }
  - name: rest
    webhook_configs: [ { url: "${url}rest/0" } ]
inhibit_rules:
  - source_matchers: [ alertname="Down" ]
    target_matchers: [ alertname="Slow" ]
    equal: [ team ]
`;

/** None of it within 0.4 s of a flush. */
const alerts: readonly Played[] = [
  [0, 5.5, { alertname: "Full", team: "a", instance: "1" }],
  [0.5, undefined, { alertname: "Full", team: "a", instance: "2" }],
  [3.5, 8, { alertname: "Full", team: "a", instance: "3" }],
  // Resolved and firing again within one interval.
  [0, 3.6, { alertname: "Flaps", team: "b" }],
  [4.4, 9.5, { alertname: "Flaps", team: "b" }],
  // Inhibited from the beginning, for a while, and when it resolves.
  [0, 6.1, { alertname: "Down", team: "a" }],
  [0.6, undefined, { alertname: "Slow", team: "a", instance: "1" }],
  [0.4, 8.5, { alertname: "Slow", team: "b", instance: "1" }],
  [5.9, 10.4, { alertname: "Down", team: "b" }],
  // Gone before anybody is told.
  [2, 2.6, { alertname: "Blip", team: "c" }],
];

// In real time, on a machine that may be busy for a second: what is wrong is wrong each time.
jest.retryTimes(2);

test("messages come from the simulator as from the real Alertmanager: to whom, about what, and when", async () => {
  const { real, simulated } = await played({ config, alerts, seconds: 13.7 });
  expect(byGroup(simulated)).toEqual(byGroup(real));
  expect(simulated.length).toBeGreaterThan(20);
  expect(Math.max(...differences(simulated, real))).toBeLessThan(0.45);
});
