import { type Engine, identifier, quote } from "../engine.ts";
import { FIELD, FIELD_CR, FIELD_LF, RECORD_BYTES_MAX } from "./records.ts";
import type { Staged } from "./staged.ts";

/** More rows than a person mends by hand; the quarantine has the issues of all. */
export const REJECTED_ROWS_MAX = 50_000;
/** Heads the last column: no kind knows it, so that the file can be sent again with it. */
const REASON = "motivo";

/**
 * Writes the rejected rows as a CSV that can be mended and sent again: the columns that were read, under the file's own headers, and why each row
 * was rejected. Its delimiter tells the dialect of its numbers. Of a record that could not be read there is only its beginning. Needs what `writeQuarantine` found.
 */
export async function writeRejected(
  engine: Engine,
  { staged, outPath }: { readonly staged: Staged; readonly outPath: string },
): Promise<void> {
  const fields = staged.positions.map((_, i) => `${quote(`f${i}`)}: 'VARCHAR'`);
  const columns = rejectedColumns(staged);
  const text = (field: string): string =>
    `translate(${field}, chr(${FIELD_LF}) || chr(${FIELD_CR}), chr(10) || chr(13))`;
  const selected = columns.map(({ at, label }, place) => {
    const field = text(`f${at}`);
    const value = place === 0 ? `coalesce(${field}, r.excerpt)` : field;
    return `${value} as ${identifier(label)}`;
  });
  await engine.run(
    `copy (
       select ${[...selected, `r.reason as ${identifier(reasonLabel(columns))}`].join(", ")}
       from found_reasons r left join read_csv(${quote(staged.path)}, delim = chr(${FIELD}), quote = '', escape = '', header = false,
         auto_detect = false, nullstr = '', max_line_size = ${2 * RECORD_BYTES_MAX},
         columns = {'position': 'BIGINT', ${fields.join(", ")}}) s using (position)
       order by r.position limit ${REJECTED_ROWS_MAX}
     ) to ${quote(outPath)} (format csv, header, delimiter ${quote(rejectedDelimiter(staged))}, quote '"', escape '"')`,
  );
}

/** The fields that are written, and their headers in the file. */
export function rejectedColumns(
  staged: Pick<Staged, "positions" | "headers">,
): readonly { readonly at: number; readonly label: string }[] {
  return staged.positions.flatMap((name, at) =>
    name === null ? [] : [{ at, label: staged.headers.get(name) ?? name }],
  );
}

export function rejectedDelimiter({ dialect }: Pick<Staged, "dialect">): string {
  return dialect === "point" ? "," : ";";
}

/** Header of the reasons. A file may have a column of that name already, and two of one name are read as one. */
export function reasonLabel(columns: readonly { readonly label: string }[]): string {
  const taken = new Set(columns.map(({ label }) => label.toLowerCase()));
  return taken.has(REASON) ? `${REASON}_recusa` : REASON;
}
