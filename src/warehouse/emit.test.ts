import { describe, expect, it } from "vitest";
import { type Dialect, duckDbDialect, emit } from "./emit.ts";

const tableOf = (name: string): string => `gold.${name}`;

describe("emit", () => {
  it("numbers typed placeholders, one for each value however often it is used", () => {
    const dialect = duckDbDialect(tableOf);
    const sql = emit(
      {
        name: "q",
        sql: "SELECT 1 FROM {income} WHERE a = :client AND b = :client AND c < :day AND d <= :limit",
      },
      {
        client: { type: "text", value: "x" },
        day: { type: "day", value: "2026-01-05" },
        limit: { type: "count", value: 3 },
      },
      dialect,
    );
    expect(sql).toBe(
      "SELECT 1 FROM gold.income WHERE a = CAST($1 AS VARCHAR) AND b = CAST($1 AS VARCHAR) AND c < CAST($2 AS DATE) AND d <= CAST($3 AS BIGINT)",
    );
    expect(dialect.values).toEqual(["x", "2026-01-05", 3n]);
  });

  it("expands a list, and an empty one to what nothing is in", () => {
    const of = (value: readonly string[]): string =>
      emit(
        { name: "q", sql: "b IN (:brokers)" },
        { brokers: { type: "texts", value } },
        duckDbDialect(tableOf),
      );
    expect(of(["a", "b"])).toBe("b IN (CAST($1 AS VARCHAR), CAST($2 AS VARCHAR))");
    expect(of([])).toBe("b IN (CAST(NULL AS VARCHAR))");
  });

  it("leaves text literals and comments alone", () => {
    const sql = "SELECT 'a :b {c} it''s' -- :d {e}\nFROM {income}";
    expect(emit({ name: "q", sql }, {}, duckDbDialect(tableOf))).toBe(sql.replace("{income}", "gold.income"));
  });

  it("refuses a parameter that is missing, and one that is not the query's", () => {
    const query = { name: "q", sql: "SELECT :a" };
    const value = { type: "text", value: "x" } as const;
    expect(() => emit(query, {}, duckDbDialect(tableOf))).toThrow("wants :a");
    expect(() => emit(query, { a: value, b: value }, duckDbDialect(tableOf))).toThrow("has no :b");
  });

  it("serves an engine that takes literals in the order they stand", () => {
    const literals: string[] = [];
    const athena: Dialect = {
      table: tableOf,
      bind(param) {
        literals.push(
          param.type === "count" ? String(param.value) : `'${param.value.replaceAll("'", "''")}'`,
        );
        return "?";
      },
    };
    const params = { a: { type: "text", value: "it's" }, n: { type: "count", value: 2 } } as const;
    expect(emit({ name: "q", sql: ":a, :n, :a" }, params, athena)).toBe("?, ?, ?");
    expect(literals).toEqual(["'it''s'", "2", "'it''s'"]);
  });
});
