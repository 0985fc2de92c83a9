import type { ContractName } from "../../src/contracts/kinds/index.ts";
import { statedCode } from "../../src/market/instruments.ts";
import { dayIn, isIsoDay } from "../../src/money/day.ts";
import type { UploadRecord } from "../ports.ts";
import { FileRefused } from "./staged.ts";

/** A symbol as market sources name their files: `PETR4.SA.csv`, `^BVSP.csv`, `BRL=X.csv`, `BTC-USD.csv`. */
const SYMBOL = /^\^?[A-Z0-9][A-Z0-9.=-]{0,19}$/;
const DATE = /(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})/g;

/** What a file says by its name, or by when it came, because its rows do not. Throws FileRefused where it does not. */
export function givenByName(kind: ContractName, upload: UploadRecord): Readonly<Record<string, string>> {
  const stem = upload.fileName.replace(/\.[A-Za-z]{3,5}$/, "");
  if (kind === "yahoo_history") {
    if (!SYMBOL.test(stem)) throw new FileRefused({ code: "file_instrument" }, kind);
    return { file_instrument: statedCode(stem) };
  }
  if (kind === "b3_positions") {
    const days = [...stem.matchAll(DATE)].map(([, year, month, day]) => `${year}-${month}-${day}`);
    return { file_date: days.find(isIsoDay) ?? dayIn(new Date(upload.receivedAt)) };
  }
  return {};
}
