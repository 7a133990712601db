import { readLoadSettings, readShopSettings } from "../../../examples/ticket-shop/src/settings";

test("an empty environment gives the defaults: loopback, port 3000, no faults", () => {
  expect(readShopSettings({})).toEqual({ settings: { host: "127.0.0.1", port: 3000, faultsFile: undefined } });
  expect(readLoadSettings({})).toEqual({ settings: { url: new URL("http://127.0.0.1:3000"), rate: 20 } });
});

test.each(["80x", "-1", "65536", "1.5"])("SHOP_PORT=%s is a mistake with a way out", (SHOP_PORT) => {
  expect(readShopSettings({ SHOP_PORT })).toEqual({
    mistakes: [`SHOP_PORT: "${SHOP_PORT}" is not a whole number from 0 to 65535; leave it out for 3000`],
  });
});

test("all mistakes come at once", () => {
  expect(readLoadSettings({ SHOP_URL: "shop", LOAD_RATE: "0" })).toEqual({
    mistakes: [
      'SHOP_URL: "shop" is not an http address; set it to one such as http://127.0.0.1:3000',
      'LOAD_RATE: "0" is not a number from 0.1 to 1000; leave it out for 20',
    ],
  });
});
