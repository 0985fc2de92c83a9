import type { ChartConfiguration } from "chart.js";
import type { Context } from "chartjs-plugin-datalabels";
import type { ChartSpec } from "../messages/message.ts";
import { heading } from "./frame.ts";
import {
  chartFont,
  type Fonts,
  fitText,
  fontsOf,
  HEIGHT,
  MARGIN,
  type Palette,
  PIXEL_RATIO,
  textWidth,
  WIDTH,
} from "./style.ts";

export type BarsSpec = Extract<ChartSpec, { type: "bars" }>;

const NAME_WIDTH_MAX = { normal: 190, large: 290 } as const;
/** Space between the names and the plot. */
const NAME_GAP = 12;
/** Space between a bar and its figure, and beyond the figure. */
const FIGURE_OFFSET = 6;
const FIGURE_MARGIN = 4;
/** Height of title and subtitle with their paddings. */
const HEADING_HEIGHT = { normal: 58, large: 80 } as const;
/** A row is no higher than this: a few bars stand together instead of being stretched over the picture. */
const ROW_HEIGHT_MAX = 72;
/** Of the height that few bars leave free, this share lies above them. */
const FREE_ABOVE = 0.35;
const BAR_SHARE = 0.6;
const BAR_HEIGHT_MAX = 32;
const BARS_MAX = 15;

/** Bars from one baseline, each with its figure at its end. Throws RangeError for none and for too many. */
export function barsConfig(spec: BarsSpec, palette: Palette): ChartConfiguration<"bar", number[], string> {
  const count = spec.bars.length;
  if (count === 0 || count > BARS_MAX) throw new RangeError(`a bar chart has 1 to ${BARS_MAX} bars`);
  const fonts = fontsOf(spec.size);
  const size = spec.size ?? "normal";
  const names = spec.bars.map(({ label }) => fitText(label, fonts.strong, NAME_WIDTH_MAX[size]));
  const nameWidth = Math.max(...names.map((name) => textWidth(name, fonts.strong)));
  const plotWidth = WIDTH - 2 * MARGIN - nameWidth - NAME_GAP;
  const colour = ({ value, valueText }: BarsSpec["bars"][number]) => {
    // What reads as zero has no direction, whatever digits lie beyond those shown.
    if (!/[1-9]/.test(valueText)) return palette.muted;
    if (spec.style === "plain") return palette.plain;
    return value < 0 ? palette.down : palette.up;
  };
  const barAt = (at: number) => spec.bars[at] ?? { label: "", value: 0, valueText: "" };
  const free = Math.max(0, HEIGHT - HEADING_HEIGHT[size] - 2 * MARGIN - count * ROW_HEIGHT_MAX);
  // Where all bars point left, the names stand at the baseline too, on its other side.
  const mirrored = spec.bars.every(({ value }) => value < 0);
  return {
    type: "bar",
    data: {
      labels: names,
      datasets: [
        {
          data: spec.bars.map(({ value }) => value),
          backgroundColor: spec.bars.map(colour),
          borderRadius: 3,
          borderSkipped: "start",
          maxBarThickness: BAR_HEIGHT_MAX,
          barPercentage: BAR_SHARE,
          categoryPercentage: 1,
        },
      ],
    },
    options: {
      devicePixelRatio: PIXEL_RATIO,
      indexAxis: "y",
      layout: {
        padding: { top: MARGIN - 4, right: MARGIN, bottom: MARGIN + free * (1 - FREE_ABOVE), left: MARGIN },
      },
      scales: {
        x: {
          ...range(spec, plotWidth, fonts),
          // Each bar bears its figure, so the axis needs no numbers of its own.
          ticks: { display: false },
          grid: { display: false },
          border: { display: false },
        },
        y: {
          position: mirrored ? "right" : "left",
          grid: { display: false },
          border: { display: false },
          ticks: {
            autoSkip: false,
            color: palette.ink,
            font: chartFont(fonts.strong),
            padding: NAME_GAP,
            crossAlign: mirrored ? "near" : "far",
          },
        },
      },
      plugins: {
        ...heading(spec, palette, free * FREE_ABOVE),
        legend: { display: false },
        annotation: {
          annotations: {
            base: { type: "line", xMin: 0, xMax: 0, borderColor: palette.baseline, borderWidth: 1.2 },
          },
        },
        datalabels: {
          anchor: ({ dataIndex }) => (barAt(dataIndex).value < 0 ? "start" : "end"),
          align: ({ dataIndex }) => (barAt(dataIndex).value < 0 ? "left" : "right"),
          offset: FIGURE_OFFSET,
          clip: false,
          formatter: (_: number, { dataIndex }: Context) => barAt(dataIndex).valueText,
          color: ({ dataIndex }: Context) =>
            spec.style === "plain" ? palette.ink : colour(barAt(dataIndex)),
          font: chartFont(fonts.strong),
        },
      },
    },
  };
}

/**
 * The range of the axis, with room for the figures beyond the bars: symmetric where bars go both ways, so that
 * lengths compare; from the baseline to one side otherwise.
 */
function range(
  spec: BarsSpec,
  plotWidth: number,
  fonts: Fonts,
): { readonly min: number; readonly max: number } {
  const figure =
    Math.max(...spec.bars.map(({ valueText }) => textWidth(valueText, fonts.strong))) +
    FIGURE_OFFSET +
    FIGURE_MARGIN;
  const values = spec.bars.map(({ value }) => value);
  const largest = Math.max(...values.map((value) => Math.abs(value))) || 1;
  const up = values.some((value) => value > 0) || values.every((value) => value === 0);
  const down = values.some((value) => value < 0);
  const sides = up && down ? 2 : 1;
  const reach = (largest * (plotWidth / sides)) / (plotWidth / sides - figure);
  return { min: down ? -reach : 0, max: up ? reach : 0 };
}
