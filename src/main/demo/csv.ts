import { Readable } from "node:stream";
import type { FileKind } from "../../../pipeline/ports.ts";
import type { IsoDay } from "../../money/day.ts";
import { Decimal } from "../../money/decimal.ts";

/** A file as somebody might have sent it: in the product's own contract, to go through the same ingest. */
export interface DemoFile {
  readonly fileName: string;
  readonly kind: FileKind;
  readonly body: Readable;
}

const CHUNK_LINES = 500;

/** The file of those rows, written as they are made, or null where there are none. */
export function csvFile(
  file: { readonly fileName: string; readonly kind: FileKind; readonly header: readonly string[] },
  rows: Iterable<readonly string[]>,
): DemoFile | null {
  const iterator = rows[Symbol.iterator]();
  const first = iterator.next();
  if (first.done === true) return null;
  const chunks = chunksOf([file.header, first.value], iterator);
  return { fileName: file.fileName, kind: file.kind, body: Readable.from(chunks, { objectMode: false }) };
}

function* chunksOf(
  opening: readonly (readonly string[])[],
  rest: Iterator<readonly string[]>,
): Generator<string> {
  let lines = opening.map((cells) => `${cells.join(";")}\n`);
  for (let next = rest.next(); next.done !== true; next = rest.next()) {
    lines.push(`${next.value.join(";")}\n`);
    if (lines.length < CHUNK_LINES) continue;
    yield lines.join("");
    lines = [];
  }
  yield lines.join("");
}

/** `dd/mm/yyyy`. */
export function brazilianDay(day: IsoDay): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
}

/** A whole number of 10^-decimals with a decimal comma: `1234,50`. */
export function brazilianNumber(units: number | bigint, decimals: number): string {
  return new Decimal(BigInt(units), decimals).toString().replace(".", ",");
}

/** A quantity in 10^-8 units, without zeros at its end: `100`, `0,125`. */
export function brazilianQuantity(unitsE8: number): string {
  return new Decimal(BigInt(unitsE8), 8).toJSON().replace(".", ",");
}
