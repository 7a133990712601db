import { boulderFest } from "./boulder-fest";
import { inkwave } from "./inkwave";
import { syncup } from "./syncup";
import { tickets } from "./tickets";
import { tikit } from "./tikit";

/** Everything that the team runs and wants watched. */
export const services = [tickets, tikit, inkwave, syncup, boulderFest] as const;
