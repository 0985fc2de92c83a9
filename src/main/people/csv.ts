/** One line of a CSV file with its cells; null where a quotation mark is never closed. */
export interface CsvLine {
  readonly line: number;
  readonly cells: readonly string[] | null;
}

/**
 * The lines of a file with semicolons, empty ones left out. UTF-8, or else Windows-1252, in which Excel saves in Brazil.
 * A quoted cell ends on its own line.
 */
export function readCsv(bytes: Uint8Array): readonly CsvLine[] {
  return decode(bytes)
    .split(/\r\n|\n|\r/)
    .map((text, at) => ({ line: at + 1, text }))
    .filter(({ text }) => text.replaceAll(";", "").trim() !== "")
    .map(({ line, text }) => ({ line, cells: cellsOf(text) }));
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** A cell in quotation marks, in which two stand for one, or one without. */
const CELL = /\s*"((?:[^"]|"")*)"\s*(?:;|$)|([^;]*)(?:;|$)/y;

function cellsOf(text: string): readonly string[] | null {
  const cells: string[] = [];
  CELL.lastIndex = 0;
  for (let at = 0; at <= text.length; at = CELL.lastIndex) {
    const match = CELL.exec(text);
    if (match === null) return null;
    const [all, quoted, plain = ""] = match;
    if (quoted === undefined && plain.trimStart().startsWith('"')) return null;
    cells.push((quoted?.replaceAll('""', '"') ?? plain).trim());
    if (!all.endsWith(";")) break;
  }
  return cells;
}
