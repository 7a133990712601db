import type { Show } from "./catalogue";
import type { Database } from "./database";
import type { Faults } from "./fault-switch";
import type { Metrics, OrderStatus } from "./metrics";
import type { Payments } from "./payments";

export interface Order {
  readonly id: number;
  readonly event: string;
  readonly tickets: number;
  /** Dollars for all tickets. */
  readonly total: number;
  readonly status: OrderStatus;
}

/** Takes orders: writes each down, takes the payment, hands out the tickets. */
export class Orders {
  #last = 0;

  constructor(
    readonly database: Database,
    readonly payments: Payments,
    readonly metrics: Metrics,
    readonly faults: Faults,
  ) {}

  /** @throws PoolExhausted when the database has no connection; no money has been taken then */
  async place(show: Show, tickets: number): Promise<Order> {
    await this.database.query("insert_order");
    this.#last += 1;
    const order = { id: this.#last, event: show.id, tickets, total: show.price * tickets };
    return { ...order, status: await this.#checkOut(order) };
  }

  async #checkOut(order: Omit<Order, "status">): Promise<OrderStatus> {
    const status = await this.#pay();
    this.metrics.ordersCreated.inc({ status });
    if (status === "paid") {
      this.metrics.ticketsSold.inc({ event: order.event }, order.tickets);
      this.metrics.revenue.inc(order.total);
    }
    await this.database.query("update_order");
    return status;
  }

  async #pay(): Promise<OrderStatus> {
    if (this.faults.has("no-sales")) return "cancelled";
    return await this.payments.take();
  }
}
