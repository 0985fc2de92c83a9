import type { ChartBlock } from "../../src/messages/message.ts";

/** A digest is read on a phone: its pictures have letters to match. */
export function enlarged(block: ChartBlock | null): ChartBlock | null {
  return block === null ? null : { ...block, chart: { ...block.chart, size: "large" } };
}
