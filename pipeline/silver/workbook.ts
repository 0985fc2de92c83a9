import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import readExcelFile from "read-excel-file/node";
import { detectKind, knownNames, type Layout, type NearMiss } from "../../src/contracts/kinds/detect.ts";
import { contractOf } from "../../src/contracts/kinds/index.ts";
import type { FileContract } from "../../src/contracts/kinds/kind.ts";
import { SILVER_TABLES } from "../../src/contracts/silver.ts";
import { Decimal } from "../../src/money/decimal.ts";
import { SCALE } from "../../src/money/money.ts";
import { type Dialect, DialectCount } from "./dialect.ts";
import { headersOf, numberColumns, type Sender, unknownLayout } from "./layout.ts";
import { type RowOfText, stageRows } from "./stage-rows.ts";
import { FileRefused, type Recognised, SHEET_STRIDE, type Staged } from "./staged.ts";
import { checkUnpackedSize, ZipRefused } from "./zip-limits.ts";

const WORKBOOK_BYTES_MAX = 20 * 1024 * 1024;
/** A sheet is held in memory while it is read: about 200 MB of XML take about 1 GB at the worst. */
const UNPACKED_BYTES_MAX = 120 * 1024 * 1024;
const HEADER_ROWS_SEARCHED_MAX = 60;
const KNOWN_NAMES_MIN = 2;
/** Digits that Excel shows of a number; the rest of a binary float is noise. */
const EXCEL_DIGITS = 15;
const MS_PER_DAY = 86_400_000;
/** 9999-12-31. */
const EXCEL_DAY_MAX = 2_958_465;
/** Day 0 of Excel's serial dates, from 1900-03-01 on: 46037 is 2026-01-15. */
const EXCEL_EPOCH_MS = Date.UTC(1899, 11, 30);

type CellValue = string | number | boolean | Date | null;

interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly CellValue[])[];
}

interface Table {
  readonly sheet: number;
  readonly layout: Layout;
  readonly names: readonly string[];
  /** Index of the header among the sheet's rows. */
  readonly headerAt: number;
}

/**
 * Recognises an XLSX workbook by the headers of its sheets. All sheets of the kind of the first one that is
 * known are read together (B3's Posição has one a class); others are named in a warning.
 */
export async function recogniseWorkbook(path: string, sender: Sender): Promise<Recognised> {
  const sheets = await readSheets(path, sender);
  const found = findTables(sheets, sender);
  const first = found.tables[0];
  if (first === undefined)
    throw found.nearest === null
      ? new FileRefused({ code: "file_empty" })
      : unknownLayout(found.nearest, sender);
  const { kind } = first.layout;
  return {
    kind,
    // Read again, so that of many workbooks only one is in memory.
    stage: async (folder) =>
      stageTables(
        await readSheets(path, sender),
        found.tables.filter((table) => table.layout.kind === kind),
        folder,
      ),
  };
}

async function readSheets(path: string, { language }: Sender): Promise<readonly Sheet[]> {
  if ((await stat(path)).size > WORKBOOK_BYTES_MAX)
    throw new FileRefused({ code: "file_too_big", detail: "XLSX, 20 MB" });
  try {
    await checkUnpackedSize(path, UNPACKED_BYTES_MAX);
    const sheets = await readExcelFile(path);
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(plainCell)) }));
  } catch (error) {
    if (error instanceof ZipRefused && error.code === "too_big") {
      throw new FileRefused({
        code: "file_too_big",
        detail: language === "pt" ? "XLSX descompactado" : "XLSX unpacked",
      });
    }
    // Whatever else the reader says, it is about the file: the disk was read through by the check before it.
    throw new FileRefused({
      code: "file_unreadable",
      detail: language === "pt" ? "XLSX danificado" : "broken XLSX",
    });
  }
}

/** The library's types call a date cell by the constructor's type; what comes is an instance. */
function plainCell(cell: unknown): CellValue {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === "string" || typeof cell === "number" || typeof cell === "boolean") return cell;
  return cell instanceof Date ? cell : String(cell);
}

function findTables(
  sheets: readonly Sheet[],
  sender: Sender,
): { readonly tables: readonly Table[]; readonly nearest: NearMiss | null } {
  const tables: Table[] = [];
  let nearest: NearMiss | null = null;
  sheets.forEach((sheet, index) => {
    const headerAt = headerRow(sheet);
    if (headerAt === null) return;
    const names = (sheet.rows[headerAt] ?? []).map((cell) => (typeof cell === "string" ? cell.trim() : ""));
    const detected = detectKind(names, sender);
    if ("layout" in detected) tables.push({ sheet: index, layout: detected.layout, names, headerAt });
    else if (nearest === null || detected.nearest.known > nearest.known) nearest = detected.nearest;
  });
  return { tables, nearest };
}

/** The row that knows the most names, else the first that is not blank. */
function headerRow(sheet: Sheet): number | null {
  let best: { at: number; known: number } | null = null;
  let first: number | null = null;
  for (const [at, row] of sheet.rows.slice(0, HEADER_ROWS_SEARCHED_MAX).entries()) {
    const names = row.map((cell) => (typeof cell === "string" ? cell : ""));
    if (first === null && names.some((name) => name.trim() !== "")) first = at;
    const known = knownNames(names);
    if (known >= KNOWN_NAMES_MIN && known > (best?.known ?? 0)) best = { at, known };
  }
  return best?.at ?? first;
}

async function stageTables(
  sheets: readonly Sheet[],
  tables: readonly Table[],
  folder: string,
): Promise<Staged> {
  const [first] = tables;
  if (first === undefined) throw new RangeError("no table to stage");
  const contract = contractOf(first.layout.kind);
  const columns = contract.columns.map(({ name }) => name);
  const dialect = dialectOfTexts(sheets, tables);
  const path = join(folder, "staged");
  const badPath = join(folder, "bad");
  await writeFile(badPath, "");
  const records = await stageRows(path, rowsOf({ sheets, tables, contract, dialect }));
  const read = new Set(tables.map((table) => table.sheet));
  return {
    path,
    badPath,
    positions: columns,
    headers: new Map(
      tables.flatMap((table) => [...headersOf(table.names, table.layout.positions)]).reverse(),
    ),
    dialect,
    lineBreaks: true,
    records,
    bad: 0,
    sheets: tables.length > 1 ? sheets.map(({ name }) => name) : [],
    warnings: sheets.flatMap((sheet, i) =>
      read.has(i) || headerRow(sheet) === null ? [] : [{ code: "file_sheet" as const, detail: sheet.name }],
    ),
  };
}

/** Numbers that were typed as text decide how numbers are written; real ones are then written the same way. */
function dialectOfTexts(sheets: readonly Sheet[], tables: readonly Table[]): Dialect {
  const votes = new DialectCount();
  for (const { sheet, layout, headerAt } of tables) {
    const numbers = numberColumns(layout.kind);
    for (const row of sheets[sheet]?.rows.slice(headerAt + 1) ?? []) {
      for (const [at, cell] of row.entries()) {
        if (typeof cell !== "string" || !numbers.has(layout.positions[at] ?? "")) continue;
        const bytes = Buffer.from(cell);
        votes.add(bytes, 0, bytes.length);
      }
    }
  }
  return votes.dialect(";");
}

function* rowsOf(from: {
  readonly sheets: readonly Sheet[];
  readonly tables: readonly Table[];
  readonly contract: FileContract;
  readonly dialect: Dialect;
}): Generator<RowOfText> {
  const types = columnTypes(from.contract);
  for (const { sheet, layout, headerAt } of from.tables) {
    const rows = from.sheets[sheet]?.rows ?? [];
    const places = from.contract.columns.map(({ name }) => layout.positions.indexOf(name));
    const base = from.tables.length > 1 ? sheet * SHEET_STRIDE : 0;
    for (const [at, row] of rows.entries()) {
      if (at <= headerAt) continue;
      const fields = places.map((place, i) =>
        textOf(place < 0 ? null : (row[place] ?? null), types[i] ?? "text", from.dialect),
      );
      yield { position: base + at + 1, fields };
    }
  }
}

/** How a column's numbers are to be read: as days, hours, prices (rounded), other numbers, or text. */
type Reading = "day" | "time" | "price" | "number" | "text";

function columnTypes(contract: FileContract): readonly Reading[] {
  return contract.columns.map(({ name }) => {
    const cell = contract.cells.find(
      (one) => one.source === name && (one.from === undefined || one.type === "number"),
    );
    if (cell?.type === "pastDay" || cell?.type === "day") return "day";
    if (cell?.type === "time") return "time";
    if (cell?.type !== "number" && cell?.type !== "factor") return "text";
    const column = SILVER_TABLES[contract.table].columns.find((one) => one.name === cell.target);
    return column?.type === "price" ? "price" : "number";
  });
}

function textOf(value: CellValue, reading: Reading, dialect: Dialect): string | null {
  if (value === null || typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "sim" : "nao";
  const serial = typeof value === "number" && value >= 0 && value <= EXCEL_DAY_MAX;
  if (value instanceof Date || (serial && (reading === "day" || reading === "time"))) {
    const moment = value instanceof Date ? value : new Date(EXCEL_EPOCH_MS + Math.round(value * MS_PER_DAY));
    return reading === "time" ? moment.toISOString().slice(11, 19) : moment.toISOString().slice(0, 10);
  }
  const number = decimalOf(value);
  if (reading !== "price" && reading !== "number") return number.toJSON();
  const text = (reading === "price" ? number.round(SCALE.price) : number).toJSON();
  return dialect === "comma" ? text.replace(".", ",") : text;
}

/** A spreadsheet's number with the digits that Excel shows, without an exponent. */
function decimalOf(value: number): Decimal {
  const [digits = "0", exponent = "0"] = value.toExponential(EXCEL_DIGITS - 1).split("e");
  const parsed = Decimal.parse(digits);
  const scale = parsed.scale - Number(exponent);
  return scale >= 0 ? new Decimal(parsed.units, scale) : new Decimal(parsed.units * 10n ** BigInt(-scale), 0);
}
