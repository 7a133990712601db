import type { Drill } from "@watchbill/model";
import { cardsDeclined } from "./cards-declined";
import { clockChange } from "./clock-change";
import { databaseDown } from "./database-down";
import { deploy } from "./deploy";
import { diskFills } from "./disk-fills";
import { failingRequests } from "./failing-requests";
import { marketingPeak } from "./marketing-peak";
import { memoryLeak } from "./memory-leak";
import { noSalesByDay } from "./no-sales-by-day";
import { noSalesByNight } from "./no-sales-by-night";
import { oneRouteFails } from "./one-route-fails";
import { paymentsFail } from "./payments-fail";
import { poolExhausted } from "./pool-exhausted";
import { redisDown } from "./redis-down";
import { scrapeLost } from "./scrape-lost";
import { slowBurn } from "./slow-burn";
import { totalOutage } from "./total-outage";
import { websocketStorm } from "./websocket-storm";

/** Every incident that is rehearsed: a file each, and a line here. */
export const drills: readonly Drill[] = [
  totalOutage,
  failingRequests,
  oneRouteFails,
  slowBurn,
  databaseDown,
  redisDown,
  poolExhausted,
  paymentsFail,
  cardsDeclined,
  noSalesByDay,
  noSalesByNight,
  clockChange,
  websocketStorm,
  memoryLeak,
  diskFills,
  deploy,
  scrapeLost,
  marketingPeak,
];
