import type { Plugin } from "chart.js";
import { drawnPoints } from "./drawn-points.ts";
import { spread } from "./spread.ts";
import { type Context2D, cssFont, type Fonts, type Palette } from "./style.ts";

/** Space between two labels, CSS pixels. */
const LABEL_SPACE = 6;
/** A label that had to move this far from its line is tied to it. */
const TIED_FROM = 2;
const DOT_RADIUS = 3.5;

interface EndLabels {
  /** One a dataset, in their order. */
  readonly labels: readonly string[];
  /** Where a label begins, right of the plot. */
  readonly offset: number;
  readonly palette: Palette;
  readonly fonts: Fonts;
}

/** Names each line where it ends, with its last value; labels never overlap, and a moved one is tied to its line. */
export function endLabels({ labels, offset, palette, fonts }: EndLabels): Plugin<"line"> {
  const gap = fonts.strong.size + LABEL_SPACE;
  return {
    id: "endLabels",
    afterDatasetsDraw(chart) {
      const context: Context2D = chart.ctx;
      const { top, bottom, right } = chart.chartArea;
      const ends = labels.map((_, at) => {
        const last = drawnPoints(chart, at).at(-1);
        return { x: last?.x ?? right, y: last?.y ?? bottom };
      });
      const places = spread(
        ends.map(({ y }) => y),
        { gap, low: top + gap / 2, high: bottom - gap / 2 },
      );
      context.save();
      context.textAlign = "left";
      context.textBaseline = "middle";
      context.font = cssFont(fonts.strong);
      // Last to first, so that the portfolio's dot lies on top.
      for (const at of [...labels.keys()].toReversed()) {
        const end = ends[at] ?? { x: right, y: bottom };
        const place = places[at] ?? end.y;
        const colour = String(chart.data.datasets[at]?.borderColor ?? palette.ink);
        context.strokeStyle = colour;
        context.fillStyle = colour;
        if (Math.abs(place - end.y) > TIED_FROM || end.x < right - 1)
          tie(context, end, { x: right + offset, y: place });
        dot(context, end, palette.surface);
        context.fillText(labels[at] ?? "", right + offset, place);
      }
      context.restore();
    },
  };
}

function tie(context: Context2D, end: { x: number; y: number }, label: { x: number; y: number }): void {
  context.save();
  context.lineWidth = 1;
  context.globalAlpha = 0.55;
  context.beginPath();
  context.moveTo(end.x, end.y);
  context.lineTo(Math.max(end.x, label.x - 13), end.y);
  context.lineTo(label.x - 3, label.y);
  context.stroke();
  context.restore();
}

function dot(context: Context2D, at: { x: number; y: number }, surface: string): void {
  context.save();
  context.lineWidth = 1.5;
  context.strokeStyle = surface;
  context.beginPath();
  context.arc(at.x, at.y, DOT_RADIUS, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  context.restore();
}
