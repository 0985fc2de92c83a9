import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ReasonLanguage } from "../../src/contracts/kinds/reasons.ts";
import { stageRows } from "./stage-rows.ts";
import { FileRefused, type Recognised } from "./staged.ts";

const SERIES_BYTES_MAX = 20 * 1024 * 1024;

/** Series of the central bank's SGS that we know, by their number and by the names people give the files. */
const SERIES: readonly {
  readonly pattern: RegExp;
  readonly instrument: string;
  readonly currency: string | null;
}[] = [
  { pattern: /sgs[^0-9]?12(?![0-9])|cdi/i, instrument: "CDI", currency: null },
  { pattern: /sgs[^0-9]?433(?![0-9])|ipca/i, instrument: "IPCA", currency: null },
  { pattern: /sgs[^0-9]?1(?![0-9])|usdbrl|ptax/i, instrument: "USDBRL", currency: "BRL" },
];

interface Point {
  readonly data: string;
  readonly valor: string;
}

/**
 * A series as the central bank's SGS sends it: `[{"data":"02/01/2023","valor":"5.3436"}]`. Which one it is
 * stands in the file's name only. Its rows are prices whose source is `bcb`.
 */
export async function recogniseSeries(
  path: string,
  sender: { readonly fileName: string; readonly language: ReasonLanguage },
): Promise<Recognised> {
  if ((await stat(path)).size > SERIES_BYTES_MAX)
    throw new FileRefused({ code: "file_too_big", detail: "20 MB" });
  const points = pointsOf(await readFile(path, "utf8"), sender.language);
  const series = SERIES.find(({ pattern }) => pattern.test(sender.fileName));
  if (series === undefined) throw new FileRefused({ code: "file_series" }, "prices");
  const { instrument, currency } = series;
  return {
    kind: "prices",
    async stage(folder) {
      const stagedPath = join(folder, "staged");
      const badPath = join(folder, "bad");
      await writeFile(badPath, "");
      const rows = points.map((point, i) => ({
        position: i + 1,
        fields: [point.data, instrument, point.valor, currency, "bcb"],
      }));
      const positions = ["data", "ativo", "preco", "moeda", "fonte"];
      return {
        path: stagedPath,
        badPath,
        positions,
        headers: new Map([
          ["data", "data"],
          ["preco", "valor"],
        ]),
        dialect: "point",
        lineBreaks: false,
        records: await stageRows(stagedPath, rows),
        bad: 0,
        sheets: [],
        warnings: [],
      };
    },
  };
}

function pointsOf(text: string, language: ReasonLanguage): readonly Point[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw notASeries(language);
  }
  if (!Array.isArray(parsed) || !parsed.every(isPoint)) throw notASeries(language);
  return parsed;
}

function isPoint(value: unknown): value is Point {
  return (
    typeof value === "object" &&
    value !== null &&
    "data" in value &&
    "valor" in value &&
    typeof value.data === "string" &&
    typeof value.valor === "string"
  );
}

function notASeries(language: ReasonLanguage): FileRefused {
  const detail =
    language === "pt"
      ? 'JSON só é aceito como série do Banco Central: [{"data":"02/01/2023","valor":"5.3436"}]'
      : 'JSON is only taken as a series of the central bank: [{"data":"02/01/2023","valor":"5.3436"}]';
  return new FileRefused({ code: "file_unreadable", detail });
}
