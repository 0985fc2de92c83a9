/** How a file writes numbers: `1.234,56` (comma) or `1,234.56` (point). */
export type Dialect = "comma" | "point";

const COMMA = 0x2c;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/** Counts, over the cells of a file's numeric columns, which dialect they can only be in. */
export class DialectCount {
  comma = 0;
  point = 0;

  /** Counts the cell that lies in `bytes` from `start` to `end` (exclusive). */
  add(bytes: Uint8Array, start: number, end: number): void {
    const vote = dialectOf(bytes, start, end);
    if (vote === "comma") this.comma++;
    if (vote === "point") this.point++;
  }

  /** The majority. Where nothing decides: a file with commas between its columns has points in its numbers. */
  dialect(delimiter: string): Dialect {
    if (this.comma !== this.point) return this.comma > this.point ? "comma" : "point";
    return delimiter === "," ? "point" : "comma";
  }
}

/**
 * The dialect that a number can only be in, or null where it may be either (`1250`, `1.250`) or none.
 * Text around the digits (`R$`, `%`, signs) does not matter.
 */
export function dialectOf(bytes: Uint8Array, start: number, end: number): Dialect | null {
  let commas = 0;
  let points = 0;
  let last = 0;
  let head = 0;
  let leadingZero = false;
  let group = 0;
  let groupsOfThree = true;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (byte >= ZERO && byte <= NINE) {
      if (group === 0 && commas + points === 0) leadingZero = byte === ZERO;
      group++;
    } else if (byte === COMMA || byte === POINT) {
      if (commas + points === 0) head = group;
      else if (group !== 3) groupsOfThree = false;
      if (byte === COMMA) commas++;
      else points++;
      last = byte;
      group = 0;
    }
  }
  const separators = commas + points;
  if (separators === 0 || group + head === 0) return null;
  const lastIs: Dialect = last === COMMA ? "comma" : "point";
  const other: Dialect = last === COMMA ? "point" : "comma";
  if (commas > 0 && points > 0) return (last === COMMA ? commas : points) === 1 ? lastIs : null;
  if (separators > 1) return groupsOfThree && group === 3 ? other : null;
  const couldBeThousands = group === 3 && head >= 1 && head <= 3 && !leadingZero;
  return couldBeThousands ? null : lastIs;
}
