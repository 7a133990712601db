import { catalogue } from "./catalogue";

/** One request that a visitor makes. */
export type Visit =
  | { readonly method: "GET"; readonly path: string }
  | { readonly method: "POST"; readonly path: "/orders"; readonly body: { event: string; tickets: number } };

/** What ten requests in a row are for: half of them look around, three look closer, two buy. */
const mix = ["front", "events", "event", "order", "front", "event", "events", "front", "order", "event"] as const;
const quantities = [2, 1, 4, 2, 3];

/** The visit with this number, counted from 0: the same in every run. */
export function visit(number: number): Visit {
  const round = Math.floor(number / mix.length);
  const show = catalogue[(round + number) % catalogue.length]!;
  switch (mix[number % mix.length]!) {
    case "front":
      return { method: "GET", path: "/" };
    case "events":
      return { method: "GET", path: "/events" };
    case "event":
      return { method: "GET", path: `/events/${show.id}` };
    case "order":
      return {
        method: "POST",
        path: "/orders",
        body: { event: show.id, tickets: quantities[number % quantities.length]! },
      };
  }
}
