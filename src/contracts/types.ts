/** The column types of silver and gold, named by meaning; every engine maps them to its own. */
export const COLUMN_TYPES = {
  text: "VARCHAR",
  flag: "BOOLEAN",
  count: "BIGINT",
  day: "DATE",
  instant: "TIMESTAMP",
  quantity: "DECIMAL(19,8)",
  price: "DECIMAL(18,8)",
  rate: "DECIMAL(17,8)",
  money: "DECIMAL(20,8)",
  sum: "DECIMAL(38,8)",
  return: "DECIMAL(18,12)",
  level: "DECIMAL(24,12)",
} as const;

export type ColumnType = keyof typeof COLUMN_TYPES;

/** One column of a table: its type and its meaning, from which docs/data.md is written. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly meaning: string;
  readonly nullable?: boolean;
}

export interface Table {
  readonly name: string;
  readonly meaning: string;
  /** What the files are sorted by, first key first. */
  readonly sortedBy: readonly string[];
  /** The column that splits the table into one file a month; absent: one file. */
  readonly monthOf?: string;
  readonly columns: readonly Column[];
}

export function column(name: string, type: ColumnType, meaning: string): Column {
  return { name, type, meaning };
}

export function optional(name: string, type: ColumnType, meaning: string): Column {
  return { name, type, meaning, nullable: true };
}
