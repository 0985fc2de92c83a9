import type { FileContract } from "../../src/contracts/kinds/kind.ts";
import { type ReasonCode, type ReasonLanguage, reasonText } from "../../src/contracts/kinds/reasons.ts";
import { type Engine, quote } from "../engine.ts";
import type { RowIssue } from "../ports.ts";
import { FIELD } from "./records.ts";
import { type FileIssue, lineSql, SHEET_STRIDE, type Staged } from "./staged.ts";

/** How many issues of a file are handed back; all of them are in the quarantine. */
export const ISSUES_MAX = 1_000;

/**
 * Writes every issue of a file as Parquet (line, column_name, value, reason, code) and returns the first ones
 * in the order of the file.
 */
export async function writeQuarantine(
  engine: Engine,
  request: {
    readonly contract: FileContract;
    readonly staged: Staged;
    readonly checkedPath: string;
    readonly outPath: string;
    readonly language: ReasonLanguage;
  },
): Promise<readonly RowIssue[]> {
  const { staged } = request;
  await engine.run(
    `create or replace temp view found as
     select position, issue.source as source, issue.value as value, issue.code as code
     from (select position, unnest(issues) as issue from read_parquet(${quote(request.checkedPath)}) where issues is not null)
     union all
     select position, '' as source, coalesce(value, '') as value, code
     from read_csv(${quote(staged.badPath)}, delim = chr(${FIELD}), quote = '', escape = '', header = false,
       auto_detect = false, nullstr = '', columns = {'position': 'BIGINT', 'code': 'VARCHAR', 'value': 'VARCHAR'})`,
  );
  const pairs = await engine.rows("select distinct source, code from found");
  const words = pairs.map((pair) => {
    const source = String(pair["source"]);
    const code = String(pair["code"]) as ReasonCode;
    const label = staged.headers.get(source) ?? source;
    const detail = allowedValues(request.contract, source, request.language);
    const reason = reasonText(code, request.language, { column: label, detail });
    return `(${[source, code, label, reason].map(quote).join(", ")})`;
  });
  if (words.length === 0) words.push("('', '', '', '')");
  await engine.run(
    `create or replace temp table found_reasons as
     select f.position, string_agg(case when w.label = '' then w.reason else w.label || ': ' || w.reason end, ' | ' order by w.label, f.code) as reason,
            max(case when f.source = '' then f.value end) as excerpt
     from found f join (values ${words.join(", ")}) w(source, code, label, reason) using (source, code) group by f.position`,
  );
  const sheets = staged.sheets.map((name, i) => `(${i}, ${quote(name)})`);
  await engine.run(
    `copy (
       select ${lineSql(staged, "f.position")} as line, coalesce(s.name || ': ', '') || w.label as column_name, f.value, w.reason, f.code
       from found f
       join (values ${words.join(", ")}) w(source, code, label, reason) using (source, code)
       left join (values ${sheets.length === 0 ? "(null, null)" : sheets.join(", ")}) s(sheet, name) on s.sheet = f.position // ${SHEET_STRIDE}
       order by f.position, w.label, f.code
     ) to ${quote(request.outPath)} (format parquet, compression zstd)`,
  );
  const rows = await engine.rows(
    `select line, column_name, value, reason from read_parquet(${quote(request.outPath)}) limit ${ISSUES_MAX}`,
  );
  return rows.map((row) => ({
    line: Number(row["line"]),
    column: String(row["column_name"]),
    value: String(row["value"]),
    reason: String(row["reason"]),
  }));
}

/** Where the issues of an upload lie. */
export function quarantineKey(uploadId: string): string {
  return `quarantine/issues/upload=${uploadId}.parquet`;
}

/**
 * Where the rejected rows themselves lie: apart from the issues, whose folder is a table for engines that read all of it. Up to
 * version 0.3.0 both lay in one folder.
 */
export function rejectedKey(key: string): string {
  return key.replace("quarantine/issues/", "quarantine/rows/").replace(/\.parquet$/, ".csv");
}

/** An issue of the file as a whole. */
export function fileIssue(issue: FileIssue, language: ReasonLanguage): RowIssue {
  const words = { column: issue.column ?? "", detail: issue.detail ?? "" };
  return { line: 0, column: issue.column ?? "", value: "", reason: reasonText(issue.code, language, words) };
}

/** The values that a choice takes, to say what may be written. */
export function allowedValues(contract: FileContract, source: string, language: ReasonLanguage): string {
  const cell = contract.cells.find(
    (one) => one.source === source && (one.type === "choice" || one.type === "flag"),
  );
  if (cell?.type === "flag") return language === "pt" ? "sim ou nao" : "sim or nao";
  return [...new Set(Object.values(cell?.choices ?? {}))].join(", ");
}
