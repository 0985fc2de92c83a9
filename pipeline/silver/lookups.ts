import type { Cell } from "../../src/contracts/kinds/kind.ts";
import { statedCode } from "../../src/market/instruments.ts";
import { Decimal, pow10 } from "../../src/money/decimal.ts";
import { type Engine, identifier, quote } from "../engine.ts";
import type { Dialect } from "./dialect.ts";

/** Longest text that is taken for an instrument. */
const ASSET_CHARACTERS_MAX = 80;
const FACTOR_CHARACTERS_MAX = 10;
const CONVERSION = /\s*(?:->|>|→)\s*/;
const NEW_PER_OLD = { comma: /^\d+(,\d+)?$/, point: /^\d+(\.\d+)?$/ } as const;
const RATIO = /^(\d{1,9})\s*:\s*(\d{1,9})$/;

const YES = ["sim", "s", "yes", "y", "true", "verdadeiro", "1", "x"];
const NO = ["nao", "n", "no", "false", "falso", "0"];
/** How people write currencies beside the ISO codes. */
const CURRENCY_SIGNS: Readonly<Record<string, string>> = {
  R$: "BRL",
  REAL: "BRL",
  REAIS: "BRL",
  US$: "USD",
  U$S: "USD",
  DOLAR: "USD",
  DÓLAR: "USD",
  "€": "EUR",
  EURO: "EUR",
};

/** A cell whose values come from a small table, joined on the cell's text or a normal form of it. */
export interface Lookup {
  readonly table: string;
  /** What of the cell's text is compared with the table's `raw`. */
  readonly key: string;
}

/**
 * Makes the table that a cell is looked up in. `texts` are the distinct texts of the cell, for cells whose
 * meaning is worked out by code (instruments, factors); others list all they know.
 */
export async function makeLookup(
  engine: Engine,
  cell: Cell,
  given: {
    readonly texts: () => Promise<readonly string[]>;
    readonly dialect: Dialect;
    plain: (sql: string) => string;
  },
): Promise<Lookup | null> {
  const table = `lookup_${cell.target}`;
  const text = `x_${cell.target}`;
  switch (cell.type) {
    case "asset": {
      const rows = (await given.texts()).map((raw) => [raw, ...assetCodes(raw)]);
      await fill(engine, table, ["raw varchar", "code varchar", "to_code varchar"], rows);
      return { table, key: text };
    }
    case "factor": {
      const rows = (await given.texts()).map((raw) => [
        raw,
        ...(parseFactor(raw, given.dialect) ?? [null, null]),
      ]);
      await fill(engine, table, ["raw varchar", "factor_new bigint", "factor_old bigint"], rows);
      return { table, key: text };
    }
    case "choice":
      await fill(engine, table, ["raw varchar", "value varchar"], Object.entries(cell.choices ?? {}));
      return { table, key: given.plain(text) };
    case "flag": {
      const rows = [...YES.map((raw) => [raw, "true"]), ...NO.map((raw) => [raw, "false"])];
      await fill(engine, table, ["raw varchar", "value boolean"], rows);
      return { table, key: given.plain(text) };
    }
    case "currency": {
      const codes = Intl.supportedValuesOf("currency").map((code) => [code, code]);
      await fill(
        engine,
        table,
        ["raw varchar", "value varchar"],
        [...codes, ...Object.entries(CURRENCY_SIGNS)],
      );
      return { table, key: `upper(${text})` };
    }
    default:
      return null;
  }
}

/** The canonical code(s) of an instrument's text: one, or two where it is written `OLD>NEW`. */
function assetCodes(text: string): readonly [string | null, string | null] {
  if (text.length > ASSET_CHARACTERS_MAX) return [null, null];
  const [code = "", to, ...more] = text.split(CONVERSION).map(codeOf);
  if (code === "" || to === "" || more.length > 0) return [null, null];
  return [code, to ?? null];
}

function codeOf(text: string): string {
  return /[\p{L}\p{N}]/u.test(text) ? statedCode(text) : "";
}

/**
 * New and old units of a `fator`: `1:2` is old:new; a number is new units for one old one, kept as a reduced
 * fraction (`0,1` = 1/10). Null for anything else, and for nothing times something.
 */
export function parseFactor(text: string, dialect: Dialect): readonly [string, string] | null {
  const ratio = RATIO.exec(text);
  if (ratio !== null) return reduced(BigInt(ratio[2] ?? 0), BigInt(ratio[1] ?? 0));
  if (text.length > FACTOR_CHARACTERS_MAX || !NEW_PER_OLD[dialect].test(text)) return null;
  const number = Decimal.parse(text.replace(",", "."));
  return reduced(number.units, pow10(number.scale));
}

function reduced(fresh: bigint, old: bigint): readonly [string, string] | null {
  if (fresh === 0n || old === 0n) return null;
  let [a, b] = [fresh, old];
  while (b !== 0n) [a, b] = [b, a % b];
  return [String(fresh / a), String(old / a)];
}

/** Makes a table of text rows; the columns' types convert them. */
async function fill(
  engine: Engine,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): Promise<void> {
  await engine.run(`create or replace temp table ${identifier(table)} (${columns.join(", ")})`);
  for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
    const values = rows
      .slice(from, from + ROWS_PER_INSERT)
      .map((row) => `(${row.map((value) => (value === null ? "null" : quote(value))).join(", ")})`);
    await engine.run(`insert into ${identifier(table)} values ${values.join(", ")}`);
  }
}

const ROWS_PER_INSERT = 2_000;
