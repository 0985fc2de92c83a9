import type { ChartConfiguration, ChartDataset } from "chart.js";
import type {} from "chartjs-plugin-annotation";
import type {} from "chartjs-plugin-datalabels";
import type { ChartSpec } from "../messages/message.ts";
import { dayTicks } from "./day-ticks.ts";
import { endLabels } from "./end-labels.ts";
import { heading, returnText } from "./frame.ts";
import { lowMarker } from "./low-marker.ts";
import { chartFont, fontsOf, MARGIN, type Palette, PIXEL_RATIO, textWidth, WIDTH } from "./style.ts";
import { valueScale } from "./value-scale.ts";

export type ReturnsSpec = Extract<ChartSpec, { type: "returns" }>;
type Line = ReturnsSpec["lines"][number];

/** Room for the labels of the value axis, as the tick placement reckons with it. */
const VALUE_AXIS_WIDTH = { normal: 48, large: 72 } as const;
const TICK_DISTANCE_MIN = { normal: 45, large: 76 } as const;
/** Space between the plot and the labels at its right. */
const END_LABEL_OFFSET = 18;
/** Opacity of the area between the portfolio and zero, as the last byte of a colour. */
const FILL_ALPHA = "1F";

/** Cumulative returns as lines, each named at its end. Throws RangeError where no line has a point. */
export function returnsConfig(
  spec: ReturnsSpec,
  palette: Palette,
): ChartConfiguration<"line", (number | null)[], string> {
  const lines = spec.lines.filter(({ values }) => values.some((value) => value !== null));
  if (lines.length === 0) throw new RangeError("a chart of returns needs a line with points");
  const fonts = fontsOf(spec.size);
  const size = spec.size ?? "normal";
  const labels = lines.map((line) => endLabel(line, spec.language));
  const labelWidth = Math.ceil(Math.max(...labels.map((label) => textWidth(label, fonts.strong))));
  const right = END_LABEL_OFFSET + labelWidth + MARGIN / 2;
  const axisWidth = WIDTH - MARGIN - VALUE_AXIS_WIDTH[size] - right;
  const ticks = dayTicks(spec.days, { width: axisWidth, distance: TICK_DISTANCE_MIN[size] }, spec.language);
  const scale = valueScale(lines.flatMap(({ values }) => values.filter((value) => value !== null)));
  return {
    type: "line",
    data: { labels: [...spec.days], datasets: lines.map((line, at) => dataset(line, at, palette)) },
    options: {
      devicePixelRatio: PIXEL_RATIO,
      layout: { padding: { top: MARGIN - 4, right, bottom: MARGIN / 2, left: MARGIN } },
      scales: {
        x: {
          grid: { display: false },
          border: { display: false },
          afterBuildTicks: (axis) => {
            axis.ticks = ticks.map(({ index, label }) => ({ value: index, label }));
          },
          ticks: {
            autoSkip: false,
            maxRotation: 0,
            color: palette.muted,
            font: chartFont(fonts.tick),
            callback: (value) => ticks.find(({ index }) => index === value)?.label ?? "",
          },
        },
        y: {
          min: scale.min,
          max: scale.max,
          grid: { color: palette.grid },
          border: { display: false },
          ticks: {
            stepSize: scale.step,
            padding: 8,
            color: palette.muted,
            font: chartFont(fonts.tick),
            callback: (value) => returnText(Number(value), scale.digits, spec.language),
          },
        },
      },
      plugins: {
        ...heading(spec, palette),
        legend: { display: false },
        datalabels: { display: false },
        annotation: {
          annotations: {
            base: {
              type: "line",
              yMin: 0,
              yMax: 0,
              borderColor: palette.baseline,
              borderWidth: 1.2,
              drawTime: "beforeDatasetsDraw",
            },
          },
        },
      },
    },
    plugins: [
      lowMarker({ language: spec.language, days: spec.days, values: lines[0]?.values ?? [], palette, fonts }),
      endLabels({ labels, offset: END_LABEL_OFFSET, palette, fonts }),
    ],
  };
}

function dataset(line: Line, at: number, palette: Palette): ChartDataset<"line", (number | null)[]> {
  const colour = lineColour(line, at, palette);
  const isPortfolio = at === 0;
  return {
    label: line.label,
    data: [...line.values],
    borderColor: colour,
    borderWidth: isPortfolio ? 2.6 : 1.7,
    borderDash: line.label === "CDI" ? [5, 4] : [],
    borderJoinStyle: "round",
    borderCapStyle: "round",
    pointRadius: 0,
    tension: 0,
    spanGaps: false,
    // Drawn last, above the benchmarks.
    order: isPortfolio ? 0 : 1,
    fill: isPortfolio ? { value: 0 } : false,
    backgroundColor: `${colour}${FILL_ALPHA}`,
  };
}

/** A benchmark keeps its colour from picture to picture, whichever others there are. */
function lineColour(line: Line, at: number, palette: Palette): string {
  const place = at === 0 ? 0 : line.label === "CDI" ? 1 : line.label === "IBOV" ? 2 : 3;
  return palette.lines[place] ?? palette.ink;
}

function endLabel(line: Line, language: "pt" | "en"): string {
  const last = line.values.findLast((value) => value !== null) ?? 0;
  return `${line.label} ${returnText(last, 1, language)}`;
}
