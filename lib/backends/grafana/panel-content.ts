import { chosenDataSource, type PanelLink, type Target } from "./json-model";
import type { Limit } from "./limits";
import type { AxisUnit } from "./unit";

/** What a panel tells, however it is drawn. */
export interface PanelContent {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly links: PanelLink[];
  readonly targets: Target[];
  readonly axis: AxisUnit;
  readonly limits: readonly Limit[];
  readonly min?: number;
}

/** What every panel says in the same way, whatever its type. */
export const said = ({ id, title, description, links, targets }: PanelContent) => ({
  id,
  title,
  description,
  links,
  datasource: chosenDataSource,
  targets,
});
