import type { Environment } from "@watchbill/model";
import { local } from "./local";
import { production } from "./production";
import { staging } from "./staging";

/** Every environment; each is a Terraform stack and a folder of manifests/. */
export const environments: readonly Environment[] = [local, staging, production];
