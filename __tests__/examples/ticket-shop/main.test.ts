import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";

const main = ["--import", "tsx", "examples/ticket-shop/src/main.ts"];

test("it listens, and is gone within a second of SIGTERM although a client holds on", async () => {
  const shop = spawn(process.execPath, main, { env: { ...process.env, SHOP_PORT: "0" }, timeout: 20_000 });
  const [line] = (await once(shop.stdout, "data")) as [Buffer];
  const url = /^ticket shop: listening on (\S+)\n$/.exec(line.toString())![1]!;
  // Keeps its connection, and with it a server that closes without force.
  expect((await fetch(`${url}/ready`)).status).toBe(200);
  const asked = performance.now();
  shop.kill("SIGTERM");
  const [code] = await once(shop, "exit");
  expect(code).toBe(0);
  expect(performance.now() - asked).toBeLessThan(1000);
});

test("a port that is taken is one line and exit code 1", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const { status, stderr } = spawnSync(process.execPath, main, {
    env: { ...process.env, SHOP_PORT: `${port}` },
    timeout: 20_000,
  });
  expect(stderr.toString()).toBe(`SHOP_PORT: port ${port} is taken; stop what listens there, or set another one\n`);
  expect(status).toBe(1);
  other.close();
});
