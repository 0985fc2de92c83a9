import type { Chart, Plugin } from "chart.js";
import { formatShortDay } from "../messages/format.ts";
import { drawnPoints } from "./drawn-points.ts";
import { returnText } from "./frame.ts";
import { freeSpot, type Point } from "./free-spot.ts";
import { type Context2D, cssFont, type Fonts, type Palette, textWidth } from "./style.ts";

/** A shallower low is not worth a mark, percent. */
const LOW_MIN = -0.5;
/** On a shorter stretch the eye finds the low by itself. */
const SESSIONS_MIN = 20;
const RING_RADIUS = 4;

interface Low {
  readonly language: "pt" | "en";
  readonly days: readonly string[];
  /** The portfolio's returns. */
  readonly values: readonly (number | null)[];
  readonly palette: Palette;
  readonly fonts: Fonts;
}

/**
 * Marks the portfolio's lowest point with its return and day, where there is room for the words beside every line;
 * nothing where there is none: a mark over lines would hide more than it says.
 */
export function lowMarker(low: Low): Plugin<"line"> {
  const index = lowestIndex(low.values);
  return {
    id: "lowMarker",
    afterDatasetsDraw(chart) {
      const value = index === null ? null : (low.values[index] ?? null);
      if (index === null || value === null) return;
      const ring = chart.getDatasetMeta(0).data[index];
      if (ring === undefined) return;
      const word = low.language === "pt" ? "Mínima" : "Low";
      const day = formatShortDay(low.days[index] ?? "", low.language);
      const text = `${word} ${returnText(value, 1, low.language)} · ${day}`;
      const { left, right, top, bottom } = chart.chartArea;
      const box = freeSpot(
        ring,
        { width: textWidth(text, low.fonts.note), height: low.fonts.note.size + 3 },
        { area: { left: left + 4, right: right - 4, top, bottom: bottom - 2 }, lines: linesOf(chart) },
      );
      if (box === null) return;
      draw(chart.ctx, { ring, text, x: box.left, y: (box.top + box.bottom) / 2 }, low);
    },
  };
}

/** The lowest point inside the stretch, its two ends left out: they are named already. */
function lowestIndex(values: readonly (number | null)[]): number | null {
  if (values.length < SESSIONS_MIN) return null;
  let lowest: number | null = null;
  let depth = LOW_MIN;
  for (const [index, value] of values.entries()) {
    if (value === null || index === 0 || value >= depth) continue;
    lowest = index;
    depth = value;
  }
  const last = values.findLastIndex((value) => value !== null);
  return lowest === last ? null : lowest;
}

/** The drawn lines in pixels, and the zero line, which words must not cross either. */
function linesOf(chart: Chart<"line">): readonly (readonly Point[])[] {
  const zero = chart.scales["y"]?.getPixelForValue(0) ?? 0;
  const base = [
    { x: chart.chartArea.left, y: zero },
    { x: chart.chartArea.right, y: zero },
  ];
  const drawn = chart.data.datasets.map((_, at) => drawnPoints(chart, at));
  return [base, ...drawn];
}

function draw(
  context: Context2D,
  mark: { readonly ring: Point; readonly text: string; readonly x: number; readonly y: number },
  { palette, fonts }: Low,
): void {
  context.save();
  context.lineWidth = 2;
  context.strokeStyle = palette.down;
  context.fillStyle = palette.surface;
  context.beginPath();
  context.arc(mark.ring.x, mark.ring.y, RING_RADIUS, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  context.font = cssFont(fonts.note);
  context.fillStyle = palette.down;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(mark.text, mark.x, mark.y);
  context.restore();
}
