import { documentKinds } from "./document-kinds.ts";
import { GOLD_TABLES, QUOTES_LATEST } from "./gold.ts";
import { SILVER_TABLES } from "./silver.ts";
import { COLUMN_TYPES, type Table } from "./types.ts";

/** `<!-- generated:NAME -->`, what is generated, `<!-- /generated -->`. */
const SECTION = /(<!-- generated:([\w-]+) -->\n)[\s\S]*?(<!-- \/generated -->)/g;

/**
 * The generated sections of docs/data.md by name: `tables`, and `kind-NAME` for each kind of file. `adminOnly` are
 * the kinds that only an admin may load.
 */
export function documentSections(adminOnly: ReadonlySet<string>): Readonly<Record<string, string>> {
  const kinds = Object.entries(documentKinds(adminOnly)).map(([name, text]) => [`kind-${name}`, text]);
  return { ...Object.fromEntries(kinds), tables: documentTables() };
}

/**
 * Puts each section between its markers and leaves the rest of the text as it is. Throws where the text has no place
 * for a section, so that no kind stays undocumented, or a place for one that there is not.
 */
export function fillSections(text: string, sections: Readonly<Record<string, string>>): string {
  const left = new Set(Object.keys(sections));
  const filled = text.replace(SECTION, (_, begin: string, name: string, end: string) => {
    const section = sections[name];
    if (section === undefined) throw new RangeError(`nothing generates the section "${name}"`);
    left.delete(name);
    return `${begin}\n${section.trim()}\n\n${end}`;
  });
  if (left.size > 0) throw new RangeError(`the text has no place for ${[...left].join(", ")}`);
  return filled;
}

/** The tables of silver and gold as Markdown, from the definitions that the engines use. */
function documentTables(): string {
  const gold = [...Object.values(GOLD_TABLES), QUOTES_LATEST];
  return [
    "## Silver tables",
    ...Object.values(SILVER_TABLES).map((table) => documentTable("silver", table)),
    "## Gold tables",
    ...gold.map((table) => documentTable("gold", table)),
  ].join("\n\n");
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
    `${table.meaning.slice(0, 1).toUpperCase()}${table.meaning.slice(1)}. Sorted by ${table.sortedBy.map((name) => `\`${name}\``).join(", ")}${split}.`,
    "",
    "| column | type | null | meaning |",
    "| --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}
