import { createServer } from "node:net";
import { portHolders } from "../../../../lib/runtime/processes/port-holder";
import { freePort, listenSomewhere } from "../../../support/real-servers";

test("the process that listens on a port is found", async () => {
  const { server, port } = await listenSomewhere();
  expect(portHolders([port])).toEqual([{ port, process: expect.objectContaining({ pid: process.pid }) }]);
  await new Promise((resolve) => server.close(resolve));
  expect(portHolders([port])).toEqual([]);
});

test("who listens on all addresses holds the port too", async () => {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, resolve));
  expect(portHolders([port])[0]?.process?.pid).toBe(process.pid);
  await new Promise((resolve) => server.close(resolve));
});

test("who listens on another address of this machine is not in the way", async () => {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.2", resolve));
  expect(portHolders([port])).toEqual([]);
  await new Promise((resolve) => server.close(resolve));
});
