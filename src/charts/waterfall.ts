import type { ChartConfiguration, Plugin } from "chart.js";
import type { ChartSpec } from "../messages/message.ts";
import { heading } from "./frame.ts";
import {
  type Context2D,
  chartFont,
  cssFont,
  type Fonts,
  fitText,
  fontsOf,
  MARGIN,
  type Palette,
  PIXEL_RATIO,
  textWidth,
  WIDTH,
} from "./style.ts";

export type WaterfallSpec = Extract<ChartSpec, { type: "waterfall" }>;

const NAME_WIDTH_MAX = { normal: 190, large: 270 } as const;
/** Space between the names and the plot, and between the plot and the figures. */
const GAP = 14;
const BAR_SHARE = 0.62;
const BAR_HEIGHT_MAX = 30;
const STEPS_MAX = 12;
/** Doubles may add up a little beside the total; a part that is missing is not little. */
const TOLERANCE = 1e-6;

/**
 * How a total came about: each part begins where the one above it ended, and the total stands below them from zero. Figures
 * are in a column at the right, so that they never lie over a bar. Throws RangeError for no parts, for too many,
 * and where they do not add up.
 */
export function waterfallConfig(
  spec: WaterfallSpec,
  palette: Palette,
): ChartConfiguration<"bar", [number, number][], string> {
  const { steps, total } = spec;
  if (steps.length === 0 || steps.length > STEPS_MAX) {
    throw new RangeError(`a waterfall has 1 to ${STEPS_MAX} parts`);
  }
  const ends = endsOf(steps.map(({ value }) => value));
  const size = Math.max(...ends.map((end) => Math.abs(end)), Math.abs(total.value));
  if (Math.abs((ends.at(-1) ?? 0) - total.value) > size * TOLERANCE) {
    throw new RangeError("the parts of a waterfall must add up to its total");
  }
  const fonts = fontsOf(spec.size);
  const rows = [...steps, total];
  const names = rows.map(({ label }) => fitText(label, fonts.strong, NAME_WIDTH_MAX[spec.size ?? "normal"]));
  const figures = Math.max(...rows.map(({ valueText }) => textWidth(valueText, fonts.strong)));
  return {
    type: "bar",
    data: {
      labels: names,
      datasets: [
        {
          data: [
            ...ends.map((end, at): [number, number] => [ends[at - 1] ?? 0, end]),
            [0, total.value] satisfies [number, number],
          ],
          backgroundColor: [
            ...steps.map((step) => (step.rest === true ? palette.rest : signColour(step, palette))),
            // Not the blue of plain bars, which some readers cannot tell from the green in the dark.
            palette.ink,
          ],
          borderRadius: 2,
          borderSkipped: false,
          maxBarThickness: BAR_HEIGHT_MAX,
          barPercentage: BAR_SHARE,
          categoryPercentage: 1,
          minBarLength: 2,
        },
      ],
    },
    options: {
      devicePixelRatio: PIXEL_RATIO,
      indexAxis: "y",
      layout: {
        padding: { top: MARGIN - 4, right: MARGIN + figures + GAP, bottom: MARGIN / 2, left: MARGIN },
      },
      scales: {
        x: {
          min: Math.min(0, ...ends),
          max: Math.max(0, ...ends),
          ticks: { display: false },
          grid: { display: false },
          border: { display: false },
        },
        y: {
          grid: { display: false },
          border: { display: false },
          ticks: {
            autoSkip: false,
            color: palette.ink,
            font: chartFont(fonts.strong),
            padding: GAP,
            crossAlign: "far",
          },
        },
      },
      plugins: {
        ...heading(spec, palette),
        legend: { display: false },
        datalabels: { display: false },
        annotation: {
          annotations: {
            base: { type: "line", xMin: 0, xMax: 0, borderColor: palette.baseline, borderWidth: 1.2 },
          },
        },
      },
    },
    plugins: [connectors(ends, palette), figureColumn(spec, palette, fonts)],
  };
}

/** Where the running total stands after each part. */
function endsOf(values: readonly number[]): readonly number[] {
  let end = 0;
  return values.map((value) => {
    end += value;
    return end;
  });
}

function signColour({ value, valueText }: { value: number; valueText: string }, palette: Palette): string {
  // What reads as zero has no direction, whatever digits lie beyond those shown.
  if (!/[1-9]/.test(valueText)) return palette.muted;
  return value < 0 ? palette.down : palette.up;
}

/** A thin line from where a part ends to where the next one begins. */
function connectors(ends: readonly number[], palette: Palette): Plugin<"bar"> {
  return {
    id: "connectors",
    beforeDatasetsDraw(chart) {
      const context: Context2D = chart.ctx;
      const bars = chart.getDatasetMeta(0).data;
      const scale = chart.scales["x"];
      if (scale === undefined) return;
      context.save();
      context.strokeStyle = palette.baseline;
      context.lineWidth = 1;
      for (const [at, end] of ends.entries()) {
        const from = bars[at];
        const to = bars[at + 1];
        if (from === undefined || to === undefined) continue;
        const x = scale.getPixelForValue(end);
        context.beginPath();
        context.moveTo(x, from.y);
        context.lineTo(x, to.y);
        context.stroke();
      }
      context.restore();
    },
  };
}

/** The figures, aligned at the right, with a rule above the total's row. */
function figureColumn({ steps, total }: WaterfallSpec, palette: Palette, fonts: Fonts): Plugin<"bar"> {
  return {
    id: "figures",
    afterDatasetsDraw(chart) {
      const context: Context2D = chart.ctx;
      const bars = chart.getDatasetMeta(0).data;
      context.save();
      context.textAlign = "right";
      context.textBaseline = "middle";
      context.font = cssFont(fonts.strong);
      for (const [at, row] of [...steps, total].entries()) {
        const bar = bars[at];
        if (bar === undefined) continue;
        context.fillStyle = signColour(row, palette);
        context.fillText(row.valueText, WIDTH - MARGIN, bar.y);
      }
      const last = bars.at(-1);
      const before = bars.at(-2);
      if (last !== undefined && before !== undefined) {
        const y = (last.y + before.y) / 2;
        context.strokeStyle = palette.baseline;
        context.lineWidth = 1;
        context.beginPath();
        context.moveTo(MARGIN, y);
        context.lineTo(WIDTH - MARGIN, y);
        context.stroke();
      }
      context.restore();
    },
  };
}
