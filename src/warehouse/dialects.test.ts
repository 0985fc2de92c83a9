import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { athenaDialect, redshiftDialect } from "./dialects.ts";
import { emit, NOTHING } from "./emit.ts";
import type { Param } from "./warehouse.ts";

const tableOf = (name: string): string => `gold_${name}`;
const QUERY = {
  name: "q",
  sql: "SELECT 1 FROM {clients} WHERE broker_id IN (:brokers) AND (:asset = '' OR name = :asset)",
};

/** Texts with all that ends, hides or doubles something in some dialect. */
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        "'",
        "''",
        "\\",
        "\\'",
        '"',
        "--",
        "/*",
        "*/",
        ";",
        "?",
        ":p1",
        ":brokers",
        "{clients}",
        "$1",
        "$$",
        "\0",
        "\n",
        "\u2019",
        "\uff07",
        "\u02bc",
        "\ud800",
        "U&'",
        "E'",
        "now()",
        "NULL",
        "DATE '2026-01-01'",
        " ",
        "a",
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);

const paramsOf = (brokers: readonly string[], asset: string): Readonly<Record<string, Param>> => ({
  brokers: { type: "texts", value: brokers },
  asset: { type: "text", value: asset },
});

const canBeSaid = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

describe("Athena's dialect", () => {
  it("holds any text within one literal, which reads as that text", () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 5 }), hostile, (brokers, asset) => {
        const dialect = athenaDialect(tableOf);
        const sql = emit(QUERY, paramsOf(brokers, asset), dialect);
        const sent = [...brokers, asset, asset].filter(canBeSaid);
        expect(dialect.literals.map(readLiteral)).toEqual(sent);
        // The statement is of the same words whatever the values are.
        const list = brokers.map((text) => (canBeSaid(text) ? "?" : NOTHING)).join(", ");
        const one = canBeSaid(asset) ? "?" : NOTHING;
        expect(sql).toBe(
          `SELECT 1 FROM gold_clients WHERE broker_id IN (${list === "" ? NOTHING : list}) AND (${one} = '' OR name = ${one})`,
        );
      }),
    );
  });

  it("types days and counts", () => {
    const dialect = athenaDialect(tableOf);
    const params = { day: { type: "day", value: "2026-01-05" }, limit: { type: "count", value: 3 } } as const;
    expect(emit({ name: "q", sql: ":limit, :day, :limit" }, params, dialect)).toBe("?, ?, ?");
    expect(dialect.literals).toEqual(["BIGINT '3'", "DATE '2026-01-05'", "BIGINT '3'"]);
  });

  it("refuses what is too long to be sent", () => {
    const value = "'".repeat(600);
    expect(() =>
      emit({ name: "q", sql: ":a" }, { a: { type: "text", value } }, athenaDialect(tableOf)),
    ).toThrow("over 1024 characters");
  });
});

describe("Redshift's dialect", () => {
  it("hands any text over beside the statement, which holds none of it", () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 5 }), hostile, (brokers, asset) => {
        const dialect = redshiftDialect(tableOf);
        const sql = emit(QUERY, paramsOf(brokers, asset), dialect);
        const sent = [...brokers, asset].filter(
          (text) => canBeSaid(text) && text !== "" && !text.endsWith(" "),
        );
        expect(dialect.values.map(({ value }) => value)).toEqual(sent);
        expect(dialect.values.map(({ name }) => name)).toEqual(sent.map((_, at) => `p${at + 1}`));
        const bare = sql
          .replaceAll(/CAST\(:p\d+ AS VARCHAR\(65535\)\)/g, "v")
          .replaceAll(/CAST\((?:NULL AS VARCHAR|'' AS VARCHAR\(1\))\)/g, "v")
          .replaceAll(/v(?:, v)+/g, "v");
        expect(bare).toBe("SELECT 1 FROM gold_clients WHERE broker_id IN (v) AND (v = '' OR name = v)");
      }),
    );
  });

  it("names a value once, and casts each as what it is", () => {
    const dialect = redshiftDialect(tableOf);
    const params = { day: { type: "day", value: "2026-01-05" }, limit: { type: "count", value: 3 } } as const;
    expect(emit({ name: "q", sql: ":limit, :day, :limit" }, params, dialect)).toBe(
      "CAST(:p1 AS BIGINT), CAST(:p2 AS DATE), CAST(:p1 AS BIGINT)",
    );
    expect(dialect.values).toEqual([
      { name: "p1", value: "3" },
      { name: "p2", value: "2026-01-05" },
    ]);
  });
});

describe.each([
  ["Athena", athenaDialect],
  ["Redshift", redshiftDialect],
] as const)("%s's dialect", (_name, dialectOf) => {
  it.each([
    ["day", "2026-02-30"],
    ["day", "2026-01-01' OR TRUE"],
    ["count", 1.5],
    ["count", Number.NaN],
  ] as const)("refuses a %s of %s", (type, value) => {
    const param = { type, value } as Param;
    expect(() => emit({ name: "q", sql: ":a" }, { a: param }, dialectOf(tableOf))).toThrow(`is no ${type}`);
  });
});

/** What Trino reads a string literal as; throws where it is not exactly one. */
function readLiteral(literal: string): string {
  const [, inner] = /^'((?:[^']|'')*)'$/s.exec(literal) ?? [];
  if (inner === undefined) throw new Error(`not one literal: ${literal}`);
  return inner.replaceAll("''", "'");
}
