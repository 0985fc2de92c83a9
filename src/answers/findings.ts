import { mergedInto } from "../market/ticker-changes.ts";
import { CATALOGUE } from "../warehouse/catalogue.ts";
import type { Row } from "../warehouse/warehouse.ts";
import type { Finding, ToCheck } from "./answer.ts";
import { type AnswerContext, textParam } from "./context.ts";
import { countOrNull, decimalOrNull, text, textOrNull } from "./rows.ts";

/**
 * What a person should look at in one client's portfolio; null where the asker has no such client. As of a past day
 * without what is of a later one.
 */
export async function readClientFindings(
  context: AnswerContext,
  client: string,
): Promise<readonly Finding[] | null> {
  const rows = await context.run(CATALOGUE.clientFindings, { client: textParam(client) });
  if (rows.length === 0) return null;
  return findingsOf(rows).filter(({ date }) => !context.past || date === null || date <= context.today);
}

/** The rows of a query of findings; a row without a code only says that there is such a client. */
export function findingsOf(rows: readonly Row[]): readonly Finding[] {
  return rows.filter((row) => row["code"] !== null).map(findingOf);
}

/** The warnings among findings, counted, the first one whole; null where there is none. */
export function toCheckOf(findings: readonly Finding[]): ToCheck | null {
  const warnings = findings.filter(({ severity }) => severity === "warning");
  const [first] = warnings;
  return first === undefined ? null : { warnings: warnings.length, first };
}

function findingOf(row: Row): Finding {
  const code = text(row, "code");
  const asset = textOrNull(row, "instrument_id");
  return {
    code,
    severity: text(row, "severity") === "info" ? "info" : "warning",
    client: textOrNull(row, "client_id"),
    clientName: textOrNull(row, "client_name"),
    asset,
    mergedInto: code === "price_missing" && asset !== null ? mergedInto(asset) : null,
    date: textOrNull(row, "date"),
    expected: decimalOrNull(row, "expected"),
    found: decimalOrNull(row, "found"),
    sourceFile: textOrNull(row, "source_file"),
    rowNumber: countOrNull(row, "row_number"),
  };
}
