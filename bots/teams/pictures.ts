import type { ChartSpec, Message } from "../../src/messages/message.ts";
import type { Pictures } from "./card-blocks.ts";

export type Draw = (
  spec: ChartSpec,
  options: { readonly theme: "light" | "dark"; readonly widthPx: number },
) => Promise<Uint8Array>;

/** Widths in pixels, of which the first that fits is taken: Teams shows up to 1024 x 1024 ("Cards reference"). */
const WIDTHS_PX = [1_024, 900, 800, 720, 640];
/**
 * Characters of all pictures of a card. Teams says that it does not count them, and takes 1 MB each; but clients on
 * .NET read no data URI longer than 65,519 (microsoft/AdaptiveCards#2881), and services on the way take 100 KB.
 */
const MAX_CHARACTERS = 65_000;

/**
 * Draws the charts of a message as data URIs, by the index of their blocks: the bytes travel inside the message, so
 * that client data never lie at an address. A chart that cannot be drawn is left out, and its words take its place.
 */
export async function picturesOf(
  message: Message,
  draw: Draw,
  onFailure?: (error: unknown) => void,
): Promise<Pictures> {
  const pictures = new Map<number, string>();
  const charts = message.blocks.filter((block) => block.kind === "chart").length;
  for (const [at, block] of message.blocks.entries()) {
    if (block.kind !== "chart") continue;
    try {
      const picture = await fittingPicture(block.chart, draw, MAX_CHARACTERS / charts);
      if (picture !== null) pictures.set(at, picture);
    } catch (error) {
      onFailure?.(error);
    }
  }
  return pictures;
}

async function fittingPicture(chart: ChartSpec, draw: Draw, maxLength: number): Promise<string | null> {
  for (const widthPx of WIDTHS_PX) {
    const png = await draw(chart, { theme: "light", widthPx });
    const uri = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
    if (uri.length <= maxLength) return uri;
  }
  return null;
}
