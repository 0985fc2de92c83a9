import type { ChartConfiguration, Plugin } from "chart.js";
import type { Context } from "chartjs-plugin-datalabels";
import type { ChartSpec } from "../messages/message.ts";
import { heading, percentText } from "./frame.ts";
import {
  type Context2D,
  chartFont,
  cssFont,
  type FontStyle,
  fitText,
  fontsOf,
  inkOn,
  MARGIN,
  type Palette,
  PIXEL_RATIO,
  textWidth,
  WIDTH,
} from "./style.ts";

export type AllocationSpec = Extract<ChartSpec, { type: "allocation" }>;

/** Where the list at the right begins. */
const LIST_LEFT = 404;
const LIST_RIGHT = WIDTH - MARGIN;
const ROW_HEIGHT_MAX = { normal: 32, large: 40 } as const;
const COLUMN_GAP = 18;
const DOT_RADIUS = 5;
const NAME_INDENT = 20;
/** A smaller share has no room for its figure inside the ring. */
const FIGURE_SHARE_MIN = 0.06;
const CUTOUT = 0.64;

/**
 * Parts of a whole as a ring with its total in the middle, and beside it a list of names, values and shares in
 * columns. Throws RangeError for no parts, for negative ones, and for more than there are colours.
 */
export function allocationConfig(
  spec: AllocationSpec,
  palette: Palette,
): ChartConfiguration<"doughnut", number[], string> {
  const fonts = fontsOf(spec.size);
  const total = spec.slices.reduce((sum, { value }) => sum + value, 0);
  if (!(total > 0) || spec.slices.some(({ value }) => value < 0)) {
    throw new RangeError("an allocation needs parts of a positive whole, none of them negative");
  }
  if (spec.slices.filter(({ rest }) => rest !== true).length > palette.slices.length) {
    throw new RangeError(`an allocation has at most ${palette.slices.length} parts besides the rest`);
  }
  const shares = spec.slices.map(({ value }) => value / total);
  const colours = spec.slices.map(({ rest }, at) =>
    rest === true ? palette.rest : (palette.slices[at] ?? palette.ink),
  );
  return {
    type: "doughnut",
    data: {
      labels: spec.slices.map(({ label }) => label),
      datasets: [
        {
          data: spec.slices.map(({ value }) => value),
          backgroundColor: colours,
          borderColor: palette.surface,
          borderWidth: spec.slices.length > 1 ? 2 : 0,
        },
      ],
    },
    options: {
      devicePixelRatio: PIXEL_RATIO,
      cutout: `${CUTOUT * 100}%`,
      layout: {
        padding: { top: MARGIN - 4, right: WIDTH - LIST_LEFT + MARGIN, bottom: MARGIN, left: MARGIN },
      },
      plugins: {
        ...heading(spec, palette),
        legend: { display: false },
        annotation: { annotations: {} },
        datalabels: {
          // Large letters crowd the ring, and the list beside it has every share.
          display: ({ dataIndex }) => spec.size !== "large" && (shares[dataIndex] ?? 0) >= FIGURE_SHARE_MIN,
          formatter: (_: number, { dataIndex }: Context) =>
            percentText(shares[dataIndex] ?? 0, spec.language),
          color: ({ dataIndex }: Context) => inkOn(colours[dataIndex] ?? palette.ink),
          font: chartFont(fonts.note),
        },
      },
    },
    plugins: [centre(spec, palette), list(spec, { shares, colours, palette })],
  };
}

/** The total in the middle of the ring, as large as fits. */
function centre(spec: AllocationSpec, palette: Palette): Plugin<"doughnut"> {
  const fonts = fontsOf(spec.size);
  return {
    id: "centre",
    afterDatasetsDraw(chart) {
      const ring = chart.getDatasetMeta(0).data[0];
      if (ring === undefined) return;
      const context: Context2D = chart.ctx;
      const { innerRadius } = ring.getProps(["innerRadius"]);
      const room = innerRadius * 2 * 0.76;
      let font: FontStyle = fonts.title;
      while (font.size > 10 && textWidth(spec.centreValue, font) > room)
        font = { ...font, size: font.size - 1 };
      context.save();
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillStyle = palette.muted;
      context.font = cssFont(fonts.subtitle);
      context.fillText(spec.centreLabel, ring.x, ring.y - 14);
      context.fillStyle = palette.ink;
      context.font = cssFont(font);
      context.fillText(spec.centreValue, ring.x, ring.y + 9);
      context.restore();
    },
  };
}

interface ListStyle {
  readonly shares: readonly number[];
  readonly colours: readonly string[];
  readonly palette: Palette;
}

/** The parts in rows: name at the left, value and share each in a column aligned at the right. */
function list(spec: AllocationSpec, { shares, colours, palette }: ListStyle): Plugin<"doughnut"> {
  const fonts = fontsOf(spec.size);
  // In large letters there is room for names and shares; the table beside the picture has the values.
  const valueTexts = spec.slices.map(({ valueText }) => (spec.size === "large" ? "" : valueText));
  const percents = shares.map((share) => percentText(share, spec.language));
  const widest = (texts: readonly string[], font: FontStyle) =>
    Math.max(...texts.map((text) => textWidth(text, font)));
  const valueRight = LIST_RIGHT - widest(percents, fonts.strong) - COLUMN_GAP;
  const nameRight = valueRight - widest(valueTexts, fonts.label) - COLUMN_GAP;
  return {
    id: "list",
    afterDatasetsDraw(chart) {
      const context: Context2D = chart.ctx;
      const { top, bottom } = chart.chartArea;
      const height = Math.min(ROW_HEIGHT_MAX[spec.size ?? "normal"], (bottom - top) / spec.slices.length);
      const first = (top + bottom) / 2 - (height * (spec.slices.length - 1)) / 2;
      context.save();
      context.textBaseline = "middle";
      for (const [at, slice] of spec.slices.entries()) {
        const y = first + at * height;
        if (at > 0) rule(context, y - height / 2, palette.grid);
        context.fillStyle = colours[at] ?? palette.ink;
        context.beginPath();
        context.arc(LIST_LEFT + DOT_RADIUS, y, DOT_RADIUS, 0, 2 * Math.PI);
        context.fill();
        context.fillStyle = palette.ink;
        context.textAlign = "left";
        context.font = cssFont(fonts.label);
        const name = fitText(slice.label, fonts.label, nameRight - LIST_LEFT - NAME_INDENT);
        context.fillText(name, LIST_LEFT + NAME_INDENT, y);
        context.textAlign = "right";
        context.fillStyle = palette.muted;
        context.fillText(valueTexts[at] ?? "", valueRight, y);
        context.fillStyle = palette.ink;
        context.font = cssFont(fonts.strong);
        context.fillText(percents[at] ?? "", LIST_RIGHT, y);
      }
      context.restore();
    },
  };
}

function rule(context: Context2D, y: number, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(LIST_LEFT, y);
  context.lineTo(LIST_RIGHT, y);
  context.stroke();
}
