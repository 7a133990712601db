import type { GridPosition, PanelJson, RowJson } from "./json-model";
import { panelNumber } from "./panel-number";

/** The title over some panels, and the panels in groups that are set below one another. */
export interface Section {
  readonly title: string;
  readonly groups: readonly (readonly PanelJson[])[];
}

const columns = 24;
const graphHeight = 8;
const statHeight = 4;

const line = (widths: readonly number[], y: number, h: number): GridPosition[] =>
  widths.map((w, index) => ({ x: widths.slice(0, index).reduce((sum, one) => sum + one, 0), y, w, h }));

const evenly = (count: number) => Array.from({ length: count }, () => columns / count);

/** One panel takes the whole width, two halves, three thirds; more stand in pairs, the last one alone if it must. */
function lines(count: number): readonly (readonly number[])[] {
  if (count <= 3) return count === 0 ? [] : [evenly(count)];
  const pairs = Array.from({ length: Math.floor(count / 2) }, () => evenly(2));
  return count % 2 === 0 ? pairs : [...pairs, evenly(1)];
}

/** Single values stand in rows of four, but for those that come in threes: the same over three windows. */
const statsInRow = (count: number) => (count % 3 === 0 ? 3 : 4);

/** A last row of fewer is as wide as the others. */
const statPlaces = (count: number, y: number): GridPosition[] => {
  const inRow = statsInRow(count);
  return Array.from({ length: Math.ceil(count / inRow) }, (_, row) =>
    line(evenly(Math.min(inRow, count - row * inRow)), y + row * statHeight, statHeight),
  ).flat();
};

/** Places from `y` down: single values first, one or two beside a graph if there is just one, else above the graphs. */
export function places(stats: number, graphs: number, y: number): { stats: GridPosition[]; graphs: GridPosition[] } {
  if (graphs === 1 && (stats === 1 || stats === 2)) {
    const h = graphHeight / stats;
    return {
      stats: Array.from({ length: stats }, (_, index) => ({ x: 0, y: y + index * h, w: 6, h })),
      graphs: [{ x: 6, y, w: 18, h: graphHeight }],
    };
  }
  const top = y + Math.ceil(stats / statsInRow(stats)) * statHeight;
  return {
    stats: statPlaces(stats, y),
    graphs: lines(graphs).flatMap((widths, index) => line(widths, top + index * graphHeight, graphHeight)),
  };
}

const bottom = (panels: readonly PanelJson[], y: number) =>
  Math.max(y, ...panels.map(({ gridPos }) => (gridPos ? gridPos.y + gridPos.h : 0)));

function place(panels: readonly PanelJson[], y: number): PanelJson[] {
  const stats = panels.filter(({ type }) => type === "stat");
  const graphs = panels.filter(({ type }) => type !== "stat");
  const at = places(stats.length, graphs.length, y);
  const put = (panel: PanelJson, gridPos: GridPosition | undefined): PanelJson =>
    gridPos ? { ...panel, gridPos } : panel;
  return [
    ...stats.map((panel, index) => put(panel, at.stats[index])),
    ...graphs.map((panel, index) => put(panel, at.graphs[index])),
  ];
}

/** Sections as Grafana's rows with their panels below, on a grid of 24 columns. */
export function arrange(sections: readonly Section[]): (PanelJson | RowJson)[] {
  const placed: (PanelJson | RowJson)[] = [];
  let y = 0;
  for (const { title, groups } of sections) {
    const gridPos = { x: 0, y, w: columns, h: 1 };
    placed.push({ type: "row", id: panelNumber(`row ${title}`), title, collapsed: false, gridPos, panels: [] });
    y += 1;
    for (const group of groups) {
      const panels = place(group, y);
      placed.push(...panels);
      y = bottom(panels, y);
    }
  }
  return placed;
}
