import { GOLD_TABLES, QUOTES_LATEST } from "../contracts/gold.ts";
import type { CatalogueQuery } from "./warehouse.ts";

/**
 * Names every column of every table and finds no row: whether an engine takes it says whether its tables are those of the
 * contract. It is no query of the catalogue, since nobody is answered with it.
 */
export const EVERY_TABLE: CatalogueQuery = {
  name: "every_table",
  sql: [...Object.values(GOLD_TABLES), QUOTES_LATEST]
    .map(({ name, columns }) => {
      const named = columns.map((column) => `t.${column.name} IS NULL`).join(" OR ");
      return `SELECT '${name}' AS table_name FROM {${name}} t WHERE 1 = 0 AND (${named})`;
    })
    .join("\nUNION ALL\n"),
};
