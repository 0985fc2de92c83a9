import { readChannelUser } from "../../access/channel-user.ts";
import type { PersonDetails } from "../../state/index.ts";
import type { Words } from "../words/words.ts";
import { type CsvLine, readCsv } from "./csv.ts";
import { readPerson } from "./details.ts";

/** One person of a file. Links of a channel are null where the file does not speak of them. */
export interface PersonRow {
  readonly line: number;
  readonly person: PersonDetails;
  readonly slack: readonly string[] | null;
  readonly teams: readonly string[] | null;
}

/** A line that does not do, and why. */
export interface LineIssue {
  readonly line: number;
  readonly reason: string;
}

/** The columns by the names that a header may give them. */
const COLUMNS = {
  id: ["pessoa", "person"],
  name: ["nome", "name"],
  role: ["papel", "role"],
  brokers: ["corretores", "brokers"],
  language: ["idioma", "language"],
  slack: ["slack"],
  teams: ["teams"],
} as const;
type Column = keyof typeof COLUMNS;
const REQUIRED: readonly Column[] = ["id", "name", "role", "brokers"];
const ROWS_MAX = 10_000;
/** Between several brokers, or several users, in one cell. */
const SEPARATOR = "|";

/** Reads a table of people. Whatever is wrong with a line is an issue of its own; all are found in one reading. */
export function readPeopleFile(
  bytes: Uint8Array,
  words: Words,
): { readonly rows: readonly PersonRow[]; readonly issues: readonly LineIssue[] } {
  const [header, ...lines] = readCsv(bytes);
  const columns = header === undefined ? { reason: words.people.emptyFile } : columnsOf(header, words);
  if ("reason" in columns) return { rows: [], issues: [{ line: header?.line ?? 1, reason: columns.reason }] };
  if (lines.length > ROWS_MAX) {
    return { rows: [], issues: [{ line: 1, reason: words.people.tooManyLines(ROWS_MAX) }] };
  }
  const rows: PersonRow[] = [];
  const issues: LineIssue[] = [];
  for (const line of lines) {
    const row = readRow(line, columns.at, words);
    if ("reason" in row) issues.push(row);
    else rows.push(row);
  }
  return { rows, issues };
}

type Places = ReadonlyMap<Column, number>;

function columnsOf({ cells }: CsvLine, words: Words): { readonly at: Places } | { readonly reason: string } {
  const at = new Map<Column, number>();
  for (const [place, cell] of (cells ?? []).entries()) {
    const column = columnNamed(cell);
    if (column === undefined) return { reason: words.people.unknownColumn(cell) };
    if (at.has(column)) return { reason: words.people.columnTwice(cell) };
    at.set(column, place);
  }
  const missing = REQUIRED.find((column) => !at.has(column));
  return missing === undefined ? { at } : { reason: words.people.columnMissing(COLUMNS[missing][0]) };
}

function columnNamed(cell: string): Column | undefined {
  const name = cell.toLowerCase();
  return (Object.keys(COLUMNS) as Column[]).find((column) => COLUMNS[column].some((one) => one === name));
}

function readRow({ line, cells }: CsvLine, at: Places, words: Words): PersonRow | LineIssue {
  if (cells === null) return { line, reason: words.people.openQuote };
  if (cells.slice(at.size).some((one) => one !== "")) return { line, reason: words.people.tooManyCells };
  const cell = (column: Column): string => cells[at.get(column) ?? -1] ?? "";
  const read = readPerson(
    {
      id: cell("id"),
      name: cell("name"),
      role: cell("role"),
      brokers: cell("brokers").split(SEPARATOR),
      language: cell("language"),
    },
    words,
  );
  if ("reason" in read) return { line, reason: read.reason };
  const slack = usersIn(cell("slack"), "slack", words);
  if ("reason" in slack) return { line, reason: slack.reason };
  const teams = usersIn(cell("teams"), "teams", words);
  if ("reason" in teams) return { line, reason: teams.reason };
  return { line, person: read.person, slack: slack.users, teams: teams.users };
}

/** The users of one channel in a cell, with or without the channel's name before them. */
function usersIn(
  cell: string,
  channel: "slack" | "teams",
  words: Words,
): { readonly users: readonly string[] | null } | { readonly reason: string } {
  const typed = cell.split(SEPARATOR).filter((one) => one.trim() !== "");
  if (typed.length === 0) return { users: null };
  const users = new Set<string>();
  for (const text of typed) {
    const id = text.trim();
    const named = id.toLowerCase().startsWith(`${channel}:`) ? id : `${channel}:${id}`;
    const user = readChannelUser(named);
    if (user === null) return { reason: words.people.badChannelUser(id) };
    users.add(user);
  }
  return { users: [...users] };
}
