import type { Cell, FileContract } from "../../src/contracts/kinds/kind.ts";
import { SILVER_TABLES } from "../../src/contracts/silver.ts";
import type { Column } from "../../src/contracts/types.ts";
import { FIELD } from "./records.ts";
import type { SqlDialect } from "./sql-dialect.ts";
import type { Staged } from "./staged.ts";

/** Columns of silver that say where a row comes from; the rest is its content. */
const LINEAGE: ReadonlySet<string> = new Set([
  "upload_id",
  "source_file",
  "row_number",
  "row_hash",
  "occurrence",
]);
/** Content that two equal rows may differ in: what somebody noted, and when we got it. */
const NOT_IN_HASH: ReadonlySet<string> = new Set(["note", "captured_at"]);
/** What decides which columns of silver a file fills, and with what. */
export interface ContentRequest {
  readonly contract: FileContract;
  readonly staged: Pick<Staged, "path" | "positions" | "dialect" | "lineBreaks">;
  readonly sql: SqlDialect;
  /** The client that the sender named. */
  readonly clientId: string | null;
  /** UTC, as SQL writes it: `2026-01-05 21:30:00.000`. */
  readonly receivedAt: string;
}

/** SQL of the columns of content that a file has nothing for, by name: they are the same in all its rows. */
export type Constants = Readonly<Record<string, string>>;

/** The columns of content of the contract's silver table. */
export function contentColumns(contract: FileContract): readonly Column[] {
  return SILVER_TABLES[contract.table].columns.filter(({ name }) => !LINEAGE.has(name));
}

/** The columns of content that the file has something for, and what the others hold. */
export function contentOf(request: ContentRequest): {
  readonly columns: readonly Column[];
  readonly constants: Constants;
} {
  const made = new Set(request.contract.cells.filter((cell) => !isAbsent(cell, request)).flatMap(columnsOf));
  const content = contentColumns(request.contract);
  return {
    columns: content.filter(({ name }) => made.has(name)),
    constants: Object.fromEntries(
      content
        .filter(({ name }) => !made.has(name))
        .map((column) => [
          column.name,
          `cast(${absent(column, request)} as ${request.sql.types[column.type]})`,
        ]),
    ),
  };
}

/** A cell whose column the file lacks, and that nothing else fills. */
export function isAbsent(
  cell: Cell,
  { staged, clientId }: Pick<ContentRequest, "staged" | "clientId">,
): boolean {
  const filled =
    cell.from !== undefined || cell.fallback !== undefined || staged.positions.includes(cell.source);
  return !filled && !(cell.type === "client" && clientId !== null);
}

export function columnsOf(cell: Cell): readonly string[] {
  if (cell.type === "factor") return ["factor_new", "factor_old"];
  return cell.type === "asset" ? [cell.target, "to_instrument_id"] : [cell.target];
}

/** The typed content, and its hash: the same for the same content, whichever columns a file has. */
export function contentSql(request: ContentRequest): string {
  const { columns } = contentOf(request);
  const values = new Map(
    columns.map((column) => [
      column.name,
      `cast(${present(column, request)} as ${request.sql.types[column.type]})`,
    ]),
  );
  const hash = request.sql.md5(hashedParts(request, values));
  return [...[...values].map(([name, sql]) => `${sql} as ${name}`), `${hash} as row_hash`].join(", ");
}

/** The texts that are hashed: every column of content after a separator, where the file has nothing nothing. */
function hashedParts(request: ContentRequest, values: ReadonlyMap<string, string>): readonly string[] {
  const separator = String.fromCharCode(FIELD);
  const parts: string[] = [];
  let between = "";
  for (const column of contentColumns(request.contract).filter(({ name }) => !NOT_IN_HASH.has(name))) {
    between += separator;
    const value = values.get(column.name) ?? absent(column, request);
    if (value === "null" || value === "''") continue;
    parts.push(
      request.sql.literal(between),
      request.sql.hashText(column, `cast(${value} as ${request.sql.types[column.type]})`),
    );
    between = "";
  }
  return [...parts, request.sql.literal(between)];
}

/** A cell that was left blank holds what the contract says of an absent one: no fees are 0, no brokerage is empty. */
function present(column: Column, request: ContentRequest): string {
  const defaulted = column.nullable !== true && (column.type === "money" || column.type === "text");
  return defaulted ? `coalesce(${column.name}, ${absent(column, request)})` : column.name;
}

/** What a column holds that the kind of file does not have. */
function absent(column: Column, request: ContentRequest): string {
  if (column.type === "instant") return request.sql.instant(request.receivedAt);
  if (column.nullable === true) return "null";
  return column.type === "text" ? "''" : "0";
}
