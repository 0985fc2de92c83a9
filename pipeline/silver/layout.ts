import type { NearMiss } from "../../src/contracts/kinds/detect.ts";
import { type ContractName, contractOf, FILE_CONTRACTS } from "../../src/contracts/kinds/index.ts";
import type { ReasonLanguage } from "../../src/contracts/kinds/reasons.ts";
import { FileRefused } from "./staged.ts";

/** What the sender said about a file. */
export interface Sender {
  readonly fileName: string;
  /** The kind that the sender says it is, or null. */
  readonly forced: ContractName | null;
  readonly clientGiven: boolean;
  readonly language: ReasonLanguage;
}

/** The columns whose cells say something about how the file writes numbers. */
export function numberColumns(kind: ContractName): ReadonlySet<string> {
  return new Set(
    contractOf(kind)
      .cells.filter((cell) => cell.type === "number" || cell.type === "factor")
      .map((cell) => cell.source),
  );
}

/** What the file calls the columns of the contract. */
export function headersOf(
  names: readonly string[],
  positions: readonly (string | null)[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  positions.forEach((column, i) => {
    if (column !== null) found.set(column, names[i] ?? column);
  });
  return found;
}

/** Says which kinds there are, which one the header comes nearest to, and what it lacks for it. */
export function unknownLayout(nearest: NearMiss, sender: Sender): FileRefused {
  const { language } = sender;
  const title = contractOf(nearest.kind).title[language];
  const missing = nearest.missing.join(", ");
  if (sender.forced !== null) {
    const detail =
      language === "pt"
        ? `${title}: faltam as colunas ${missing}`
        : `${title}: it lacks the columns ${missing}`;
    return new FileRefused({ code: "file_kind_columns", detail }, sender.forced);
  }
  const kinds = Object.values(FILE_CONTRACTS)
    .map((contract) => contract.title[language])
    .join(", ");
  const near =
    language === "pt"
      ? `o mais próximo é ${title}, a que faltam as colunas ${missing}; tipos aceitos: ${kinds}`
      : `the nearest is ${title}, for which it lacks the columns ${missing}; kinds taken: ${kinds}`;
  const none = language === "pt" ? `tipos aceitos: ${kinds}` : `kinds taken: ${kinds}`;
  return new FileRefused({ code: "file_layout", detail: nearest.known > 0 && missing !== "" ? near : none });
}
