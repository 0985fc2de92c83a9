import type { InstrumentClass } from "../classes.ts";

/** One row of the built-in table. Aliases are the other names people use, in lower case. */
export interface Entry {
  readonly code: string;
  readonly name: string;
  readonly class: InstrumentClass;
  readonly sector: string | null;
  readonly currency: string;
  readonly issuer: string | null;
  readonly yahooSymbol: string | null;
  readonly aliases: readonly string[];
}

/** code, name, sector, issuer, and aliases joined by `|`. */
export type B3Row = readonly [code: string, name: string, sector: string, issuer: string, aliases?: string];

/** Rows of one class that trade on B3 in reais, under Yahoo's suffix `.SA`. */
export function b3Entries(instrumentClass: InstrumentClass, rows: readonly B3Row[]): readonly Entry[] {
  return rows.map(([code, name, sector, issuer, aliases]) => ({
    code,
    name,
    class: instrumentClass,
    sector,
    currency: "BRL",
    issuer,
    yahooSymbol: `${code}.SA`,
    aliases: splitAliases(aliases),
  }));
}

export function splitAliases(aliases: string | undefined): readonly string[] {
  return aliases === undefined ? [] : aliases.split("|");
}
