import { toJson } from "../../lib/json";

test("keys are sorted at every depth, lists keep their order, and what is undefined is left out", () => {
  const value = { b: [{ d: 1, c: [3, 1, 2] }], a: null, gone: undefined };
  expect(toJson(value)).toBe(`{
  "a": null,
  "b": [
    {
      "c": [
        3,
        1,
        2
      ],
      "d": 1
    }
  ]
}
`);
});
