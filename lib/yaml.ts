import { stringify } from "yaml";

const header = "# Written by `npm run manifests` from the declarations; changes made here are lost.\n";

/** YAML without line folding: an expression stays on one line, so that a diff shows just what changed. */
export const toYaml = (value: unknown) => header + stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
