import type { ChartSpec, Tone } from "../../src/messages/message.ts";
import type { Language } from "../../src/questions/question.ts";

/**
 * A report as it will stand on paper, in words and with nothing left to reckon: plain data, which a thread can be sent and a test can
 * read. How it looks is the business of `document.ts` alone.
 */

export interface SheetCell {
  readonly text: string;
  readonly tone?: Tone;
  readonly strong?: boolean;
  /** A second, smaller line. */
  readonly note?: string;
}

export interface SheetColumn {
  readonly label: string;
  readonly align: "left" | "right";
  /** `fill` takes what the others leave; `fit` is as wide as its widest text. */
  readonly width: "fill" | "fit";
}

export interface SheetRow {
  readonly cells: readonly SheetCell[];
  /** `group` heads the rows below it; `total` ends the table. */
  readonly role?: "group" | "total";
}

export interface SheetTable {
  readonly kind: "table";
  /** Repeated with the column heads on each page that the table runs over. */
  readonly title: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly SheetRow[];
  /** Right below it, on its last page. */
  readonly notes?: SheetText;
}

export interface SheetText {
  readonly kind: "text";
  /** With a heading the paragraphs stay on one page with it. */
  readonly title?: string;
  readonly paragraphs: readonly string[];
  readonly style: "body" | "small" | "warning";
}

export interface SheetChart {
  readonly kind: "chart";
  readonly title: string;
  readonly subtitle: string;
  readonly chart: ChartSpec;
}

export interface SheetPair {
  readonly kind: "pair";
  readonly left: readonly (SheetTable | SheetText)[];
  readonly right: readonly (SheetTable | SheetText)[];
}

export type SheetBlock = SheetTable | SheetText | SheetChart | SheetPair;

export interface SheetTile {
  readonly label: string;
  readonly value: SheetCell;
}

export interface Sheet {
  readonly language: Language;
  /** The document's own title, in its metadata and on the window that shows it. */
  readonly title: string;
  readonly subject: string;
  readonly author: string;
  /** ISO instant. */
  readonly madeAt: string;
  readonly cover: {
    readonly kind: string;
    readonly name: string;
    readonly period: string;
    readonly fields: readonly { readonly label: string; readonly value: string }[];
    readonly tiles: readonly SheetTile[];
    readonly notice: string;
  };
  readonly blocks: readonly SheetBlock[];
  /** At the top of every page but the first. */
  readonly running: { readonly left: string; readonly right: string };
  /** At the foot of every page, with `{page}` and `{pages}` in the second. */
  readonly foot: { readonly left: string; readonly page: string };
  /** Across every page; null for a real book. */
  readonly mark: string | null;
}
