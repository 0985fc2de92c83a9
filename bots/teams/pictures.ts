import type { ChartSpec, Message } from "../../src/messages/message.ts";
import type { Pictures } from "./card-blocks.ts";

export type Draw = (
  spec: ChartSpec,
  options: { readonly theme: "light" | "dark"; readonly widthPx: number },
) => Promise<Uint8Array>;

/** Teams shows pictures in cards of up to 1024 x 1024 pixels and 1 MB (learn.microsoft.com, "Cards reference"). */
const WIDTH_PX = 1_024;
const MAX_BYTES = 1_048_576;

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
  for (const [at, block] of message.blocks.entries()) {
    if (block.kind !== "chart") continue;
    try {
      const png = await draw(block.chart, { theme: "light", widthPx: WIDTH_PX });
      if (png.byteLength <= MAX_BYTES) {
        pictures.set(at, `data:image/png;base64,${Buffer.from(png).toString("base64")}`);
      }
    } catch (error) {
      onFailure?.(error);
    }
  }
  return pictures;
}
