import os from "node:os";
import { thisMachine } from "../../../../lib/runtime/prerequisites/packages";
import { programIni, supervisorIni, supervisorSocket } from "../../../../lib/runtime/processes/supervisor-files";

test("the socket is in the state folder where its path fits into the 107 bytes that Linux allows", () => {
  expect(supervisorSocket("/work/.watchbill/local")).toBe("/work/.watchbill/local/supervisor.sock");
});

test("a long state folder has its socket below the temporary folder, under a name of its own", () => {
  const deep = `/${"long/".repeat(20)}`;
  const socket = supervisorSocket(`${deep}a`);
  expect(socket).toMatch(/\/watchbill-\d+-[0-9a-f]{16}\/supervisor\.sock$/);
  expect(Buffer.byteLength(socket)).toBeLessThan(95);
  expect(supervisorSocket(`${deep}b`)).not.toBe(socket);
});

test("a user whom /etc/passwd does not know has one, too", () => {
  const userInfo = jest.spyOn(os, "userInfo").mockImplementation(() => {
    throw new Error("uv_os_get_passwd returned ENOENT");
  });
  expect(supervisorSocket(`/${"long/".repeat(20)}`)).toContain(`/watchbill-${process.getuid!()}-`);
  expect(supervisorIni("/state")).toContain("identifier=watchbill");
  expect(thisMachine().isRoot).toBe(process.getuid!() === 0);
  userInfo.mockRestore();
});

test("supervisor is told of nothing outside of the state folder", () => {
  const paths = [...supervisorIni("/state").matchAll(/=(\/.*)$/gm)].map(([, path]) => path!);
  expect(paths.length).toBeGreaterThan(3);
  for (const path of paths) expect(path).toMatch(/^\/state(\/|$)/);
});

test("a server is started again whenever it ends, and first when its time has come", () => {
  const text = programIni("/state", "shop");
  expect(text).toMatch(/^\[program:shop\]$/m);
  expect(text).toMatch(/^autostart=false$/m);
  expect(text).toMatch(/^autorestart=true$/m);
  expect(text).toMatch(/^stdout_logfile=\/state\/logs\/shop\.log$/m);
});
