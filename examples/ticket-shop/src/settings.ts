/** What the shop reads from its environment. */
export interface ShopSettings {
  /** SHOP_HOST, default 127.0.0.1; a container says 0.0.0.0. */
  readonly host: string;
  /** SHOP_PORT, default 3000. */
  readonly port: number;
  /** SHOP_FAULTS_FILE: JSON such as `{"faults": ["payments"]}`; without one, no fault can be switched on. */
  readonly faultsFile: string | undefined;
}

/** What the load generator reads from its environment. */
export interface LoadSettings {
  /** SHOP_URL, default http://127.0.0.1:3000. */
  readonly url: URL;
  /** LOAD_RATE in requests per second, default 20. */
  readonly rate: number;
}

/** Settings, or every mistake in them, a line each. */
export type Read<Settings> = { readonly settings: Settings } | { readonly mistakes: readonly string[] };

type Environment = Readonly<Record<string, string | undefined>>;

export function readShopSettings(environment: Environment): Read<ShopSettings> {
  const mistakes: string[] = [];
  const settings: ShopSettings = {
    host: environment.SHOP_HOST || "127.0.0.1",
    port: numberIn(environment, "SHOP_PORT", { default: 3000, from: 0, to: 65_535, whole: true }, mistakes),
    faultsFile: environment.SHOP_FAULTS_FILE || undefined,
  };
  return mistakes.length > 0 ? { mistakes } : { settings };
}

export function readLoadSettings(environment: Environment): Read<LoadSettings> {
  const mistakes: string[] = [];
  const text = environment.SHOP_URL || "http://127.0.0.1:3000";
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    mistakes.push(`SHOP_URL: "${text}" is not an http address; set it to one such as http://127.0.0.1:3000`);
  }
  const rate = numberIn(environment, "LOAD_RATE", { default: 20, from: 0.1, to: 1000, whole: false }, mistakes);
  return url === undefined || mistakes.length > 0 ? { mistakes } : { settings: { url, rate } };
}

interface Bounds {
  readonly default: number;
  readonly from: number;
  readonly to: number;
  readonly whole: boolean;
}

function numberIn(environment: Environment, name: string, bounds: Bounds, mistakes: string[]): number {
  const text = environment[name];
  if (text === undefined || text === "") return bounds.default;
  const value = Number(text);
  if (value >= bounds.from && value <= bounds.to && (!bounds.whole || Number.isInteger(value))) return value;
  const kind = bounds.whole ? "a whole number" : "a number";
  mistakes.push(
    `${name}: "${text}" is not ${kind} from ${bounds.from} to ${bounds.to}; leave it out for ${bounds.default}`,
  );
  return bounds.default;
}
