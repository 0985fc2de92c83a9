import type { Layout } from "../../src/contracts/kinds/detect.ts";
import type { ContractName } from "../../src/contracts/kinds/index.ts";
import type { ReasonCode } from "../../src/contracts/kinds/reasons.ts";
import type { Dialect } from "./dialect.ts";

/** Something to say about a file as a whole. A warning does not keep its rows out. */
export interface FileIssue {
  readonly code: ReasonCode;
  readonly column?: string;
  readonly detail?: string;
}

/** A file whose kind is known, before its rows were read. */
export interface Recognised {
  readonly kind: ContractName;
  /** Writes the file's records in staged form into a folder of scratch files. */
  stage(folder: string, onProgress: (fraction: number) => void): Promise<Staged>;
}

/** The records of a file as text, in one rectangle that the engine reads without guessing. */
export interface Staged {
  /** `position FIELD field FIELD field … LF` in UTF-8. */
  readonly path: string;
  /** `position FIELD code FIELD value LF`: records that could not be framed. */
  readonly badPath: string;
  /** What each field is; null: no column of the contract. */
  readonly positions: Layout["positions"];
  /** The headers as the file has them, by column of the contract. */
  readonly headers: ReadonlyMap<string, string>;
  readonly dialect: Dialect;
  /** Whether fields may hold encoded line breaks. */
  readonly lineBreaks: boolean;
  readonly records: number;
  readonly bad: number;
  /** Names of the sheets of a workbook with several; the position is then sheet * SHEET_STRIDE + row. */
  readonly sheets: readonly string[];
  readonly warnings: readonly FileIssue[];
}

/** More than the rows of a sheet (1,048,576). */
export const SHEET_STRIDE = 10_000_000;

/** SQL of the line, or the row of a sheet, that a position stands for. */
export function lineSql(staged: Staged, position: string): string {
  return staged.sheets.length === 0 ? position : `${position} % ${SHEET_STRIDE}`;
}

/** A file that cannot be taken at all; carries what to tell the sender. */
export class FileRefused extends Error {
  readonly code = "file_refused";
  readonly issue: FileIssue;
  readonly kind: ContractName | null;
  constructor(issue: FileIssue, kind: ContractName | null = null, cause?: unknown) {
    super(`file refused: ${issue.code}`, { cause });
    this.issue = issue;
    this.kind = kind;
  }
}
