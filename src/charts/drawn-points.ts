import type { Chart } from "chart.js";
import type { Point } from "./free-spot.ts";

/** Where the points of a line lie in the picture, gaps left out. */
export function drawnPoints(chart: Chart<"line">, datasetIndex: number): readonly Point[] {
  const values = chart.data.datasets[datasetIndex]?.data ?? [];
  return chart
    .getDatasetMeta(datasetIndex)
    .data.filter((_, at) => values[at] !== null)
    .map(({ x, y }) => ({ x, y }));
}
