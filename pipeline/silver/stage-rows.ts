import { open } from "node:fs/promises";
import { FIELD, FIELD_CR, FIELD_LF } from "./records.ts";

const FIELD_CHARACTER = String.fromCharCode(FIELD);
const ROWS_PER_WRITE = 5_000;

/** A record of a small file, as text; null or blank for nothing. */
export interface RowOfText {
  readonly position: number;
  readonly fields: readonly (string | null)[];
}

/** Writes records of a small file in staged form; blank ones are dropped. Returns how many were written. */
export async function stageRows(path: string, rows: Iterable<RowOfText>): Promise<number> {
  const file = await open(path, "w");
  let records = 0;
  let held: string[] = [];
  try {
    for (const { position, fields } of rows) {
      const texts = fields.map(cleanField);
      if (texts.every((text) => text === "")) continue;
      held.push(`${[String(position), ...texts].join(FIELD_CHARACTER)}\n`);
      records++;
      if (held.length < ROWS_PER_WRITE) continue;
      await file.writeFile(held.join(""));
      held = [];
    }
    await file.writeFile(held.join(""));
  } finally {
    await file.close();
  }
  return records;
}

/** Control characters other than line breaks, and the no-break space. */
const UNSEEN = /(?![\r\n])\p{Cc}|\u00a0/gu;

/** As the scanner of text files does it: trimmed, a lone `-` is nothing, no control characters. */
function cleanField(text: string | null): string {
  if (text === null) return "";
  const clean = text
    .replace(UNSEEN, " ")
    .trim()
    .replaceAll("\n", String.fromCharCode(FIELD_LF))
    .replaceAll("\r", String.fromCharCode(FIELD_CR));
  return clean === "-" ? "" : clean;
}
