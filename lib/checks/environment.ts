import { comparisonOf, isVariable, type Tuning } from "@watchbill/model";
import { type Check, list, mistake } from "./check";

/** Every service is somewhere, under an address that can be asked. */
export const locations: Check = ({ environment, services }) =>
  services.flatMap((service) => {
    const path = `${environment.name}/at/${service.name}`;
    const location = environment.at[service.name];
    if (!location) {
      return [
        mistake(
          "location-missing",
          path,
          environment.place,
          `${environment.name} does not say where ${service.name} is`,
          `add \`at: { ${service.name}: { url, targets: { service: ["host:port"] } } }\``,
        ),
      ];
    }
    const targets = Object.values(location.targets).flat();
    return [
      ...(/^https?:\/\/[^/]+$/.test(location.url)
        ? []
        : [
            mistake(
              "location-url",
              path,
              environment.place,
              `"${location.url}" is no address without a path`,
              "write it as https://shop.example.com",
            ),
          ]),
      ...targets
        .filter((target) => !/^(\[[0-9a-f:]+\]|[^/:\s]+):\d+$/i.test(target))
        .map((target) =>
          mistake("location-target", path, environment.place, `"${target}" is no target`, "write it as host:port"),
        ),
    ];
  });

/** What is tuned exists, and is changed by it. */
export const tuning: Check = ({ environment }) =>
  Object.entries(environment.tune).flatMap(([name, alerts]) => {
    const service = environment.services.find((one) => one.name === name);
    const path = `${environment.name}/tune/${name}`;
    if (!service) {
      const names = environment.services.map((one) => one.name);
      return [
        mistake("tune-unknown", path, environment.place, `there is no service "${name}"`, `name one of ${list(names)}`),
      ];
    }
    const declared = service.watch.flatMap((pack) => pack.alerts);
    return Object.entries(alerts as Record<string, Tuning>).flatMap(([id, change]) => {
      const alert = declared.find((one) => one.id === id);
      if (!alert) {
        return [
          mistake(
            "tune-unknown",
            `${path}/${id}`,
            environment.place,
            `${name} has no alert "${id}"`,
            `tune one of ${list(declared.map((one) => one.id))}`,
          ),
        ];
      }
      const threshold = comparisonOf(alert.when.test)?.threshold;
      const same =
        (change.threshold === undefined ||
          (change.threshold.value === threshold?.value && !isVariable(change.threshold))) &&
        (change.for === undefined || change.for.value === alert.for.value) &&
        (change.severity === undefined || change.severity === alert.severity) &&
        change.over === undefined;
      if (same) {
        return [
          mistake("tune-nothing", `${path}/${id}`, environment.place, "this tuning changes nothing", "leave it out"),
        ];
      }
      return change.threshold !== undefined && change.threshold.unit !== alert.when.unit
        ? [
            mistake(
              "tune-unit",
              `${path}/${id}`,
              environment.place,
              `${id} is held against ${alert.when.unit}, not ${change.threshold.unit}`,
              `give its threshold in ${alert.when.unit}`,
            ),
          ]
        : [];
    });
  });

const portNames = (ports: Readonly<Record<string, number>>) => Object.entries(ports);

/** Two servers on one port: the second could not start. */
export const duplicatePorts: Check = ({ environment }) => {
  const seen = new Map<number, string>();
  const used = [
    ...(environment.runtime === "docker" ? [] : portNames({ ...environment.ports })),
    ...environment.programs.flatMap(({ name, ports }) =>
      portNames(ports).map(([use, port]) => [`${name} ${use}`, port] as const),
    ),
  ];
  return used.flatMap(([name, port]) => {
    const first = seen.get(port);
    seen.set(port, first ?? name);
    return first === undefined
      ? []
      : [
          mistake(
            "duplicate-port",
            `${environment.name}/ports`,
            environment.place,
            `${first} and ${name} both want port ${port}`,
            "give one of them another port",
          ),
        ];
  });
};
