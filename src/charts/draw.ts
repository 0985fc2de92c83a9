import { setImmediate as nextTurn } from "node:timers/promises";
import type { ChartConfiguration } from "chart.js";
import { ChartJSNodeCanvas } from "chartjs-node-canvas";
import type { ChartSpec } from "../messages/message.ts";
import { allocationConfig } from "./allocation.ts";
import { barsConfig } from "./bars.ts";
import { opaquePng } from "./opaque-png.ts";
import { returnsConfig } from "./returns.ts";
import { HEIGHT, PALETTES, type Palette, PIXEL_RATIO, type Theme, WIDTH } from "./style.ts";
import { waterfallConfig } from "./waterfall.ts";

/** One a theme, made when first needed and kept: a new one for each picture is three times slower and leaks. */
const canvases = new Map<Theme, ChartJSNodeCanvas>();

export interface DrawOptions {
  readonly theme: Theme;
  readonly widthPx?: number;
  /** Without an alpha channel: the same pixels in the form that a document takes over unchanged. */
  readonly opaque?: boolean;
}

/**
 * Draws a picture as PNG, 1600 x 800 pixels for 800 x 400 on a page, or `widthPx` wide and half as high for a channel
 * that takes no larger one. The same specification gives the same bytes.
 * Throws RangeError for a specification with nothing to draw: who writes messages leaves such a chart out.
 */
export async function drawChart(spec: ChartSpec, options: DrawOptions = { theme: "light" }): Promise<Buffer> {
  const config = configOf(spec, PALETTES[options.theme]);
  const widthPx = options.widthPx ?? WIDTH * PIXEL_RATIO;
  const devicePixelRatio = widthPx / WIDTH;
  config.options = { ...config.options, devicePixelRatio };
  // Drawing is synchronous: one picture after another must let the loop turn, or each keeps its 5 MB of pixels.
  await nextTurn();
  const canvas = canvasOf(options.theme);
  if (options.opaque !== true) return await canvas.renderToBuffer(config, "image/png");
  // The library documents "raw" and leaves it out of its type.
  return opaquePng(await canvas.renderToBuffer(config, "raw" as "image/png"), widthPx);
}

function configOf(spec: ChartSpec, palette: Palette): ChartConfiguration {
  switch (spec.type) {
    case "returns":
      return returnsConfig(spec, palette);
    case "allocation":
      return allocationConfig(spec, palette);
    case "bars":
      return barsConfig(spec, palette);
    case "waterfall":
      return waterfallConfig(spec, palette);
  }
}

function canvasOf(theme: Theme): ChartJSNodeCanvas {
  const kept = canvases.get(theme);
  if (kept !== undefined) return kept;
  const made = new ChartJSNodeCanvas({
    width: WIDTH,
    height: HEIGHT,
    backgroundColour: PALETTES[theme].surface,
    // By name: each instance loads its own Chart.js, and its plugins must be loaded against that one.
    plugins: { modern: ["chartjs-plugin-datalabels", "chartjs-plugin-annotation"] },
  });
  canvases.set(theme, made);
  return made;
}
