import { programIni, supervisorIni, supervisorSocket } from "../../../../lib/runtime/processes/supervisor-files";

test("the socket is in the state folder where its path fits into the 107 bytes that Linux allows", () => {
  expect(supervisorSocket("/work/.watchbill/local")).toBe("/work/.watchbill/local/supervisor.sock");
});

test("a long state folder has its socket below the temporary folder, under a name of its own", () => {
  const deep = `/home/${"long/".repeat(20)}`;
  const socket = supervisorSocket(`${deep}a`);
  expect(socket).toMatch(/\/watchbill-\d+-[0-9a-f]{16}\/supervisor\.sock$/);
  expect(Buffer.byteLength(socket)).toBeLessThan(95);
  expect(supervisorSocket(`${deep}b`)).not.toBe(socket);
});

test("supervisor is told of nothing outside of the state folder", () => {
  const paths = [...supervisorIni("/state").matchAll(/=(\/.*)$/gm)].map(([, path]) => path!);
  expect(paths.length).toBeGreaterThan(3);
  for (const path of paths) expect(path).toMatch(/^\/state(\/|$)/);
});

test("a server is started whenever supervisor runs, and again whenever it ends", () => {
  const text = programIni("/state", "shop");
  expect(text).toMatch(/^\[program:shop\]$/m);
  expect(text).toMatch(/^autostart=true$/m);
  expect(text).toMatch(/^autorestart=true$/m);
  expect(text).toMatch(/^stdout_logfile=\/state\/logs\/shop\.log$/m);
});
