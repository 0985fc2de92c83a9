import { GOLD_TABLES, QUOTES_LATEST } from "./gold.ts";
import { SILVER_TABLES } from "./silver.ts";
import { COLUMN_TYPES, type Table } from "./types.ts";

/** The tables of silver and gold as Markdown, from the definitions that the engines use: docs/data.md holds it. */
export function documentTables(): string {
  const gold = [...Object.values(GOLD_TABLES), QUOTES_LATEST];
  const sections = [
    "## Silver",
    ...Object.values(SILVER_TABLES).map((table) => documentTable("silver", table)),
    "## Gold",
    ...gold.map((table) => documentTable("gold", table)),
  ];
  return `${sections.join("\n\n")}\n`;
}

function documentTable(layer: string, table: Table): string {
  const split = table.monthOf === undefined ? "" : `, one file for each month of \`${table.monthOf}\``;
  const rows = table.columns.map(
    (column) =>
      `| \`${column.name}\` | ${COLUMN_TYPES[column.type]} | ${column.nullable === true ? "yes" : ""} | ${column.meaning.replaceAll("|", "\\|")} |`,
  );
  return [
    `### ${layer}.${table.name}`,
    "",
    `${table.meaning}. Sorted by ${table.sortedBy.map((name) => `\`${name}\``).join(", ")}${split}.`,
    "",
    "| column | type | null | meaning |",
    "| --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}
