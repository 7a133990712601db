import { type Received, textReply } from "./message";

/** A dead man's switch: that it came is all that it says, so anything in the body will do. */
export function receiveHeartbeat(name: string): Received {
  return {
    arrival: { channel: "heartbeat", to: name, status: "notice", title: `heartbeat ${name}`, text: "", key: name },
    reply: textReply(200, "ok"),
  };
}
