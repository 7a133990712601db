import { buffer } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { readEmail } from "./email";
import type { Arrival } from "./message";

const mostBytes = 1024 * 1024;

/**
 * The mail side: takes any mail for anybody, from anybody, with or without a password, and without TLS, which has no
 * certificate to offer on this machine.
 *
 * @param keep takes what arrived; when it throws, the sender hears 451 and comes again
 */
export function createSmtpServer(keep: (arrival: Arrival) => void): SMTPServer {
  const server = new SMTPServer({
    name: "inbox",
    size: mostBytes,
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    // Asking the DNS who 127.0.0.1 is takes seconds where there is none.
    disableReverseLookup: true,
    onAuth: (_auth, _session, done) => done(null, { user: "anybody" }),
    onData: (stream, session, done) => {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      buffer(stream)
        .then((raw) => readEmail(raw, recipients))
        .then(keep)
        .then(
          () => done(),
          (error: Error) => done(Object.assign(error, { responseCode: 451 })),
        );
    },
  });
  // A sender that hangs up early is no news; without a listener it would end the process.
  server.on("error", () => {});
  return server;
}
