import type { Address, Channel, Environment } from "@watchbill/model";
import { type Check, list, mistake } from "./check";

/** Every name in `notify` and `owners` is a channel of the environment. */
export const unknownChannels: Check = ({ environment }) => {
  const declared = Object.keys(environment.channels);
  const look = (where: string, names: readonly string[]) =>
    names
      .filter((name) => !declared.includes(name))
      .map((name) =>
        mistake(
          "unknown-channel",
          `${environment.name}/${where}`,
          environment.place,
          `the channel "${name}" is not declared`,
          `declare it in \`channels\`, or name one of ${list(declared)}`,
        ),
      );
  return [
    ...Object.entries(environment.notify).flatMap(([severity, names]) => look(`notify/${severity}`, names)),
    ...Object.entries(environment.owners).flatMap(([owner, names]) => look(`owners/${owner}`, names)),
  ];
};

const loopback = (address: string) => /^https?:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?(\/|$)/.test(address);

/** A webhook's address or a routing key lets anybody who reads it write to that channel. */
const written = (address: Address | undefined, isLocal: boolean) => typeof address === "string" && !isLocal;

function secretsIn(channel: Channel): string | undefined {
  switch (channel.kind) {
    case "slack": {
      const local = typeof channel.webhook === "string" && loopback(channel.webhook);
      return written(channel.webhook, local) ? "webhook" : undefined;
    }
    case "pagerduty":
      return written(channel.routingKey, loopback(channel.url ?? "")) ? "routingKey" : undefined;
    default:
      return undefined;
  }
}

export const secretsInCode: Check = ({ environment }) =>
  Object.entries(environment.channels).flatMap(([name, channel]) => {
    const key = secretsIn(channel);
    if (key === undefined) return [];
    return [
      mistake(
        "secret-in-code",
        `${environment.name}/channels/${name}`,
        channel.place,
        `the ${key} of "${name}" is written out`,
        `put it into a file of ${environment.secrets} and say ${key}: secret("<file>")`,
      ),
    ];
  });

export const mailServerMissing: Check = ({ environment }: { environment: Environment }) => {
  const emails = Object.entries(environment.channels).filter(([, { kind }]) => kind === "email");
  return environment.mail
    ? []
    : emails.map(([name, channel]) =>
        mistake(
          "mail-server-missing",
          `${environment.name}/channels/${name}`,
          channel.place,
          `"${name}" is email, and ${environment.name} has no mail server`,
          "declare `mail: { smarthost, from }` in the environment",
        ),
      );
};

const names = /^[a-z0-9][a-z0-9._-]*$/;

/** A secret's name becomes a file name. */
export const secretNames: Check = ({ environment }) => {
  const { channels, heartbeat, mail, place } = environment;
  const holders = [
    ...Object.entries(channels).map(([name, channel]) => ({
      path: `channels/${name}`,
      at: channel.place,
      of: channel,
    })),
    ...(heartbeat ? [{ path: "heartbeat", at: heartbeat.place, of: heartbeat }] : []),
    ...(mail ? [{ path: "mail", at: place, of: mail }] : []),
  ];
  return holders.flatMap(({ path, at, of }) =>
    Object.values(of).flatMap((value: unknown) => {
      if (typeof value !== "object" || value === null || !("secret" in value)) return [];
      const file = String(value.secret);
      return names.test(file)
        ? []
        : [
            mistake(
              "secret-name",
              `${environment.name}/${path}`,
              at,
              `"${file}" can't be a secret's file name`,
              "use lower-case letters, digits, dots and dashes",
            ),
          ];
    }),
  );
};
