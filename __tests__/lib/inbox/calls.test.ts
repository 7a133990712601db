import { callsOf, wordsOf } from "../../../lib/inbox/calls";
import type { Message } from "../../../lib/inbox/message";
import { stillFiring } from "../../../lib/inbox/still-firing";

let id = 0;
const message = (second: number, rest: Partial<Message>): Message => ({
  id: `${++id}`,
  at: new Date(Date.UTC(2026, 0, 31, 12, 0, second)).toISOString(),
  channel: "slack",
  to: "#alerts",
  status: "firing",
  title: "down",
  text: "",
  ...rest,
});

const slack = (second: number, rest: Partial<Message> = {}) => message(second, rest);
const pager = (second: number, rest: Partial<Message> = {}) =>
  message(second, { channel: "pagerduty", to: "tickets", key: "k", text: "many details", ...rest });

describe("a call", () => {
  const people = (messages: Message[]) => callsOf(messages).map((call) => call.messages.map(({ to }) => to));

  test("is what several people are told at about the same time", () => {
    expect(people([slack(0), slack(1, { title: "slow" }), pager(2)])).toEqual([["#alerts", "tickets"], ["#alerts"]]);
  });

  test("is another one when it comes a minute later, when it resolves, and when somebody is told again", () => {
    expect(people([slack(0), pager(61)])).toEqual([["#alerts"], ["tickets"]]);
    expect(people([slack(0), slack(1, { status: "resolved" })])).toEqual([["#alerts"], ["#alerts"]]);
    expect(people([slack(0), pager(1), slack(20), pager(21)])).toEqual([
      ["#alerts", "tickets"],
      ["#alerts", "tickets"],
    ]);
  });

  test("that was refused stands apart", () => {
    expect(people([slack(0), pager(1, { refused: "no key" })])).toEqual([["#alerts"], ["tickets"]]);
  });

  test("is not a heartbeat", () => {
    expect(callsOf([message(0, { channel: "heartbeat" })])).toEqual([]);
  });

  test("is told in the words of the channel that is written to be read, where it has any", () => {
    expect(wordsOf(callsOf([pager(0), slack(1, { text: "few words" })])[0]!).text).toBe("few words");
    expect(wordsOf(callsOf([pager(0), slack(1)])[0]!).text).toBe("many details");
    expect(wordsOf(callsOf([slack(1)])[0]!).text).toBe("");
  });
});

describe("what still fires", () => {
  test("is what fired and was not resolved for everybody, once, since the first was told", () => {
    const messages = [slack(0), pager(1), pager(9), pager(20, { status: "resolved" })];
    expect(stillFiring(messages)).toEqual([{ title: "down", since: messages[0]!.at }]);
    expect(stillFiring([...messages, slack(21, { status: "resolved" })])).toEqual([]);
  });

  test("follows the key where the title changes", () => {
    expect(stillFiring([pager(0, { title: "down ×2" }), pager(5, { title: "down", status: "resolved" })])).toEqual([]);
  });

  test("has nothing that was refused, and nothing that only was a notice", () => {
    expect(stillFiring([slack(0, { refused: "no" }), slack(1, { status: "notice" })])).toEqual([]);
  });
});
