import { type ContractName, contractOf, FILE_CONTRACTS } from "./kinds/index.ts";
import { type Cell, type FileContract, plain, type SourceColumn } from "./kinds/kind.ts";

/** What each type of cell takes, as docs/data.md says it. */
const HOLDS: Readonly<Record<Cell["type"], string>> = {
  text: "text",
  client: "a client of the sender's",
  asset: "an instrument in any spelling",
  choice: "one of",
  flag: "`sim` or `nao`",
  pastDay: "a day up to today",
  day: "a day",
  time: "`HH:MM` or `HH:MM:SS`",
  number: "a number",
  factor: "`old:new`, or new units for one old one",
  currency: "an ISO code",
  email: "an e-mail address",
  names: "names joined by `|`, `,` or `;`",
};

/**
 * Each kind of file as Markdown, from the contract that files are checked by: who may load it, how it is
 * recognised, and its columns. `adminOnly` are the kinds that only an admin may load.
 */
export function documentKinds(adminOnly: ReadonlySet<string>): Readonly<Record<ContractName, string>> {
  const names = Object.keys(FILE_CONTRACTS) as ContractName[];
  const sections = names.map((name) => [name, documentKind(contractOf(name), adminOnly.has(name))]);
  return Object.fromEntries(sections) as Record<ContractName, string>;
}

function documentKind(contract: FileContract, adminOnly: boolean): string {
  const who = adminOnly ? "An admin loads it" : "Everybody loads it for their own clients";
  const excludes = contract.excludes.map(code).join(", ");
  const not = excludes === "" ? "" : ` A header with one of ${excludes} is of another kind.`;
  return [
    `${who}; it fills \`silver.${contract.table}\`.${not}`,
    "",
    "| column | also written | header | row | holds |",
    "| --- | --- | --- | --- | --- |",
    ...contract.columns.map((column) => documentColumn(contract, column)),
    ...contract.columns.flatMap((column) => documentWords(contract, column)),
  ].join("\n");
}

function documentColumn(contract: FileContract, column: SourceColumn): string {
  const cell = cellOf(contract, column.name);
  // What is worked out of several columns may be there without this one.
  const own = cell?.source === column.name && (cell.from === undefined || column.required);
  const cells = [
    code(column.name),
    column.aliases.map(code).join(", "),
    column.required ? "required" : "",
    own && cell.required && cell.fallback === undefined ? "required" : "",
    cell === null ? unread(contract, column.name) : holds(cell, column.name),
  ];
  return `| ${cells.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** The cell that a column is read into first of all; null where it becomes nothing. */
function cellOf(contract: FileContract, name: string): Cell | null {
  const { cells } = contract;
  return (
    cells.find((cell) => cell.source === name && cell.from === undefined) ??
    cells.find((cell) => cell.source === name && names(cell.from, name)) ??
    cells.find((cell) => names(cell.from, name)) ??
    null
  );
}

/** Whether SQL of a contract reads a column. */
function names(sql: string | undefined, column: string): boolean {
  return sql !== undefined && (sql.includes(`{${column}}`) || sql.includes(`{~${column}}`));
}

function unread({ rules }: FileContract, name: string): string {
  return rules.some((rule) => names(rule.when, name)) ? "checked, not kept" : "not kept";
}

function holds(cell: Cell, column: string): string {
  if (cell.source !== column) return `read together with ${code(cell.source)}`;
  const values = valuesOf(cell).map(code).join(", ");
  const becomes = cell.from === undefined ? HOLDS.choice : "text that becomes one of";
  const what = cell.type === "choice" ? `${becomes} ${values}` : HOLDS[cell.type];
  const sign = cell.type === "number" && cell.signed !== true ? ", not below zero" : "";
  const rounded = cell.rounded === true ? ", rounded to 8 decimals" : "";
  const ahead =
    cell.aheadWhere === undefined
      ? ""
      : `, ahead too where ${code(cell.aheadWhere.source)} is ${code(cell.aheadWhere.value)}`;
  const fallback = cell.fallback === undefined ? "" : `; empty: ${code(cell.fallback.replaceAll("'", ""))}`;
  return `${what}${sign}${rounded}${ahead}${fallback}`;
}

/** Other words for the values of a choice, in the form in which they are compared. */
function documentWords(contract: FileContract, column: SourceColumn): readonly string[] {
  const cell = contract.cells.find((one) => one.source === column.name && one.from === undefined);
  const spellings = Object.entries(cell?.choices ?? {});
  const words = valuesOf(cell).flatMap((value) => {
    const others = spellings.filter(([word, meant]) => meant === value && word !== plain(value));
    return others.length === 0 ? [] : [`${code(value)} = ${others.map(([word]) => code(word)).join(", ")}`];
  });
  return words.length === 0 ? [] : ["", `Other words for ${code(column.name)}: ${words.join("; ")}.`];
}

function valuesOf(cell: Cell | undefined): readonly string[] {
  return [...new Set(Object.values(cell?.choices ?? {}))];
}

function code(text: string): string {
  return `\`${text}\``;
}
