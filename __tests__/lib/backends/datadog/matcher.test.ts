import { atMost, counter, not, select } from "@watchbill/model";
import { filter } from "../../../../lib/backends/datadog/matcher";
import { Refusal } from "../../../../lib/backends/datadog/refusal";
import { readFilter } from "./query-grammar";

const requests = counter("http_requests_total", {
  counts: "requests",
  labels: { method: ["GET", "POST", "PUT"], route: atMost(50), status: atMost(20) },
});
const scope = ["env:production", "service:tickets"];
const braces = (selection: Parameters<typeof select>[0]) => filter(scope, select(selection) as never, (label) => label);

describe("a selection in Datadog's braces", () => {
  test.each([
    ["equality, in lower case as Datadog stores it", requests.where({ method: "GET" }), "method:get"],
    ["a route with a parameter", requests.where({ route: "/events/:id" }), "route:/events/:id"],
    ["what Datadog takes in no tag", requests.where({ route: "/a b?c" }), "route:/a_b_c"],
    ["an underscore at the end", requests.where({ route: "/a?" }), "route:/a"],
    ["a negation", requests.where({ status: not("500") }), "!status:500"],
    ["a prefix", requests.where({ status: /5../ }), "status:5*"],
    ["no prefix", requests.where({ status: not(/5../) }), "!status:5*"],
    ["an ending", requests.where({ route: /.*\/export/ }), "route:*/export"],
    ["a regular expression over known values", requests.where({ method: /P.*/ }), "IN"],
  ])("%s", (_, selection, expected) => {
    const text = braces(selection);
    if (expected === "IN") {
      expect(text).toBe("env:production AND service:tickets AND method IN (post,put)");
    } else {
      expect(text).toBe(`env:production,service:tickets,${expected}`);
    }
    readFilter(text as string);
  });

  test("a list turns every sign into a word, since the two don't mix", () => {
    const text = braces(requests.where({ status: ["500", "503"], route: not("/health"), method: "GET" }));
    expect(text).toBe(
      "env:production AND service:tickets AND status IN (500,503) AND NOT route:/health AND method:get",
    );
    readFilter(text as string);
  });

  test("alternatives with wildcards", () => {
    const text = braces(requests.where({ status: /4..|5../ }));
    expect(text).toBe("env:production AND service:tickets AND (status:4* OR status:5*)");
    readFilter(text as string);
    expect(braces(requests.where({ status: not(/4..|5../) }))).toBe(
      "env:production AND service:tickets AND NOT status:4* AND NOT status:5*",
    );
  });

  test.each([[/[45]../], [/5.5/], [/(a|b)c/], [/a+/]])("the regular expression %s is refused", (pattern) => {
    const refused = braces(requests.where({ status: pattern })) as unknown as Refusal;
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused.what).toBe(`the regular expression /${pattern.source}/ on the label status`);
  });

  test("a label that no tag stands for is refused", () => {
    const refused = filter(scope, select(requests.where({ route: "/" })) as never, () => undefined) as Refusal;
    expect(refused.what).toBe("the label route of http_requests_total");
  });
});
