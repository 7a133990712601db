import { writeIni } from "../../../../lib/runtime/processes/ini";

test("a section is its settings, a line each, in the order given", () => {
  const text = writeIni({ supervisord: { pidfile: "/state/pid", minfds: 1024 }, include: { files: "conf.d/*.conf" } });
  expect(text).toBe("[supervisord]\npidfile=/state/pid\nminfds=1024\n\n[include]\nfiles=conf.d/*.conf\n");
});

test("a percent sign is doubled, since supervisor expands what follows one", () => {
  expect(writeIni({ a: { directory: "/srv/50% done" } })).toContain("directory=/srv/50%% done");
});

test.each(["/srv/a ;b", "/srv/a #b", "two\nlines", "; all of it", "trailing "])(
  "%j, which supervisor would cut short, is refused",
  (value) => {
    expect(() => writeIni({ a: { directory: value } })).toThrow(
      `supervisor can't be given directory=${JSON.stringify(value)}: it would cut it short`,
    );
  },
);
