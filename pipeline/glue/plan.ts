import type { ContractName } from "../../src/contracts/kinds/index.ts";
import type { FileContract } from "../../src/contracts/kinds/kind.ts";
import {
  REASONS,
  type ReasonCode,
  type ReasonLanguage,
  reasonText,
} from "../../src/contracts/kinds/reasons.ts";
import type { RowIssue } from "../ports.ts";
import {
  type CheckSqlRequest,
  cellsSql,
  checkedSql,
  lookupAlias,
  sourceColumn,
} from "../silver/check-sql.ts";
import { contentOf } from "../silver/content.ts";
import { REJECTED_ONE_IN } from "../silver/load.ts";
import { allowedValues, fileIssue, ISSUES_MAX } from "../silver/quarantine.ts";
import { FIELD, FIELD_CR, FIELD_LF } from "../silver/records.ts";
import { REJECTED_ROWS_MAX, reasonLabel, rejectedColumns, rejectedDelimiter } from "../silver/rejected.ts";
import { WARNINGS_MAX } from "../silver/settlements.ts";
import { lineSql, SHEET_STRIDE, type Staged } from "../silver/staged.ts";
import { plainColumn, SPARK } from "./spark-sql.ts";

/** A small table in the lake, read under a name: `raw`, and what that text means. */
export interface LookupFile {
  readonly name: string;
  readonly key: string;
  /** The cell that it is of; null for the normal form of a source column. */
  readonly target: string | null;
}

/** SQL for Spark, written by the same code as the embedded engine's. */
interface PlanSql {
  /** The staged lines (`lines`, one column `value`) as `position` and the list `f`. */
  readonly records: string;
  /** `records` by the contract's columns, with their normal forms. */
  readonly staged: string;
  readonly cells: string;
  /** What `checkedSql` makes, over `cells`, the lookups and `allowed_clients`. */
  readonly checked: string;
  /** Columns of silver that are the same in all rows, by name. */
  readonly constants: Readonly<Record<string, string>>;
  /** The line, or the row of a sheet, that `position` stands for. */
  readonly line: string;
}

/** What people read about the rows, in the sender's language. */
interface PlanWords {
  /** By code; `{column}` and `{detail}` stand for what is put in. */
  readonly reasons: Readonly<Record<ReasonCode, string>>;
  /** The file's own headers, by column of the contract. */
  readonly labels: Readonly<Record<string, string>>;
  /** What a choice takes, by column of the contract. */
  readonly details: Readonly<Record<string, string>>;
  readonly warnings: readonly RowIssue[];
  /** Of a workbook with several: the position is then sheet * sheetStride + row. */
  readonly sheets: readonly string[];
  readonly sheetStride: number;
}

/** The rejected rows as a file that can be mended and sent again. */
interface PlanRejected {
  /** Fields that are written, 0 = the first after the position, and their headers. */
  readonly columns: readonly { readonly at: number; readonly label: string }[];
  readonly reasonLabel: string;
  readonly delimiter: string;
  readonly rowsMax: number;
}

/** What Spark has to know of a staged file, beside where its records are. */
export interface ArrivalPlan {
  /** Key of the records in staged form: `position FIELD field FIELD field … LF`. */
  readonly rowsKey: string;
  /** Key of the records that could not be framed: `position FIELD code FIELD value LF`. */
  readonly badKey: string;
  readonly bad: number;
  readonly fileName: string;
  readonly lookups: readonly LookupFile[];
  readonly sql: PlanSql;
  readonly words: PlanWords;
  readonly rejected: PlanRejected;
  /** Brokers for whose clients the sender may load. */
  readonly brokers: readonly string[] | "all";
  /** The client whom all rows are of, where the kind of file names none. */
  readonly client: string | null;
  /** Whether the sender may replace an upload of anybody. */
  readonly replacesAnybodys: boolean;
  readonly limits: {
    readonly rejectedOneIn: number;
    readonly issuesMax: number;
    readonly warningsMax: number;
  };
}

/** A staged file as the plan is made of it. */
export interface PlanRequest {
  readonly kind: ContractName;
  readonly staged: Staged;
  readonly check: Omit<CheckSqlRequest, "sql">;
  readonly lookups: readonly LookupFile[];
  readonly language: ReasonLanguage;
}

export function planSql(request: PlanRequest): PlanSql {
  const check: CheckSqlRequest = { ...request.check, sql: SPARK };
  const joins = check.contract.cells.flatMap((cell) => {
    const alias = lookupAlias(cell);
    const text = `x_${cell.target}`;
    if (cell.type === "client") return [`left join allowed_clients ${alias} on ${alias}.client_id = ${text}`];
    const found = request.lookups.find(({ target }) => target === cell.target);
    return found === undefined ? [] : [`left join ${found.name} ${alias} on ${alias}.raw = ${text}`];
  });
  return {
    records:
      "select cast(f[0] as bigint) as position, slice(f, 2, size(f)) as f " +
      `from (select split(value, ${SPARK.literal(String.fromCharCode(FIELD))}, -1) as f from lines)`,
    staged: stagedSql(check, request.lookups),
    cells: cellsSql(check),
    checked: checkedSql(check, joins),
    constants: contentOf(check).constants,
    line: lineSql(request.staged, "position"),
  };
}

function stagedSql(check: CheckSqlRequest, lookups: readonly LookupFile[]): string {
  const { staged, contract } = check;
  const texts = contract.columns.map(({ name }) => {
    const at = staged.positions.indexOf(name);
    const lineBreaks = `translate(f[${at}], chr(${FIELD_LF}) || chr(${FIELD_CR}), chr(10) || chr(13))`;
    const text = `nullif(${staged.lineBreaks ? lineBreaks : `f[${at}]`}, '')`;
    return `${at < 0 ? "cast(null as string)" : text} as ${sourceColumn(name, check)}`;
  });
  const plains = plainNames(contract).map((name) => {
    const table = `plain_${name}`;
    const known = lookups.some((lookup) => lookup.name === table);
    return {
      column: `${known ? `${table}.plain` : "cast(null as string)"} as ${plainColumn(name)}`,
      join: known ? `left join ${table} on ${table}.raw = ${sourceColumn(name, check)}` : "",
    };
  });
  const columns = ["texts.*", ...plains.map(({ column }) => column)].join(", ");
  const joins = plains.map(({ join }) => join).join(" ");
  return `select ${columns} from (select position, ${texts.join(", ")} from records) texts ${joins}`;
}

/** The source columns whose normal form the contract looks at. */
export function plainNames(contract: FileContract): readonly string[] {
  const written = [
    contract.ignore,
    contract.suppliedElsewhere,
    ...contract.cells.map(({ from }) => from),
    ...contract.rules.map(({ when }) => when),
  ].join(" ");
  return [...new Set([...written.matchAll(/\{~(\w+)\}/g)].map(([, name = ""]) => name))];
}

export function planWords({ staged, check, language }: PlanRequest): PlanWords {
  const { contract } = check;
  const codes = Object.keys(REASONS).filter((code): code is ReasonCode => code in REASONS);
  const reasons = codes.map((code) => [
    code,
    reasonText(code, language, { column: "{column}", detail: "{detail}" }),
  ]);
  const details = contract.columns.map(({ name }) => [name, allowedValues(contract, name, language)]);
  return {
    reasons: Object.fromEntries(reasons),
    labels: Object.fromEntries(staged.headers),
    details: Object.fromEntries(details.filter(([, detail]) => detail !== "")),
    warnings: staged.warnings.map((warning) => fileIssue(warning, language)),
    sheets: staged.sheets,
    sheetStride: SHEET_STRIDE,
  };
}

export function planRejected(staged: Staged): PlanRejected {
  const columns = rejectedColumns(staged);
  return {
    columns,
    reasonLabel: reasonLabel(columns),
    delimiter: rejectedDelimiter(staged),
    rowsMax: REJECTED_ROWS_MAX,
  };
}

export const LIMITS: ArrivalPlan["limits"] = {
  rejectedOneIn: REJECTED_ONE_IN,
  issuesMax: ISSUES_MAX,
  warningsMax: WARNINGS_MAX,
};
