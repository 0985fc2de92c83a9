import { toneOf } from "../../../src/messages/page.ts";
import type { Decimal } from "../../../src/money/decimal.ts";
import type { SheetCell, SheetColumn } from "../sheet.ts";

export function left(label: string, width: SheetColumn["width"] = "fit"): SheetColumn {
  return { label, align: "left", width };
}

export function right(label: string, width: SheetColumn["width"] = "fit"): SheetColumn {
  return { label, align: "right", width };
}

export function plain(text: string, note?: string): SheetCell {
  return note === undefined ? { text } : { text, note };
}

/** A figure coloured by its sign as shown. */
export function signed(text: string, value: Decimal | null, note?: string): SheetCell {
  return { ...plain(text, note), tone: toneOf(value) };
}

/** A word of the catalogue as the head of a column. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
