import type { drawChart } from "../../src/charts/draw.ts";
import type { Message } from "../../src/messages/message.ts";

/** A chart of a digest, drawn for both themes. */
export interface Picture {
  readonly alt: string;
  readonly light: Uint8Array;
  readonly dark: Uint8Array;
}

/** Draws a digest's charts in the order in which they stand. Throws RangeError as `drawChart` does. */
export async function picturesOf(
  messages: readonly Message[],
  draw: typeof drawChart,
): Promise<readonly Picture[]> {
  const charts = messages.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === "chart" ? [block] : [])),
  );
  const pictures: Picture[] = [];
  for (const { alt, chart } of charts) {
    const light = await draw(chart, { theme: "light" });
    pictures.push({ alt, light, dark: await draw(chart, { theme: "dark" }) });
  }
  return pictures;
}
