import * as z from "zod";
import type { IsoDay } from "../../../money/day.ts";
import type { StatedPoint, StatedPoints } from "./points.ts";
import { parseJson } from "./sgs.ts";
import type { DayWindow } from "./windows.ts";

/**
 * PTAX of Olinda, the bank's open data: several bulletins a day (opening, intermediate, closing), of which the
 * closing one is the rate that contracts go by. Documented at
 * olinda.bcb.gov.br/olinda/servico/PTAX/versao/v1/aplicacao.
 */

/** Five bulletins a day make 1,300 a year: a longer answer might be cut short. */
export const PTAX_YEARS_MAX = 1;

const SERVICE = "/olinda/servico/PTAX/versao/v1/odata";
const ARGUMENTS = "moeda=@moeda,dataInicial=@dataInicial,dataFinalCotacao=@dataFinalCotacao";
const CLOSING: ReadonlySet<string> = new Set(["Fechamento", "Fechamento PTAX"]);
/** The closing bulletin is made of four surveys, the last of which begins at 13:00 (Circular BCB 3.506/2010). */
const CLOSING_FROM = "13:00";
const MOMENT = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)/;
/** A rate with its digits as they stand in the text: as a JSON number it would pass through a float. */
const RATE = /("cotacaoVenda"\s*:\s*)(\d+(?:\.\d+)?)(?=\s*[,}])/g;

const BULLETINS = z.object({
  value: z.array(
    z.object({
      cotacaoVenda: z.union([z.string(), z.number().transform(String), z.null()]),
      dataHoraCotacao: z.string(),
      tipoBoletim: z.string().nullish(),
    }),
  ),
});

export function ptaxPath(currency: string, window: DayWindow): string {
  const asked = `@moeda='${currency}'&@dataInicial='${americanDay(window.from)}'&@dataFinalCotacao='${americanDay(window.to)}'`;
  const shape = "$format=json&$select=cotacaoVenda,dataHoraCotacao,tipoBoletim";
  return `${SERVICE}/CotacaoMoedaPeriodo(${ARGUMENTS})?${asked}&${shape}`;
}

/**
 * The sale rate of each day's closing bulletin. Where the bulletins have no type, the day's last one counts, if it is
 * from 13:00 or later and the day is over: of the day that runs, a later one may come. Null for no answer.
 */
export function readPtax(status: number, body: string, today: IsoDay): StatedPoints {
  if (status !== 200) return null;
  const read = BULLETINS.safeParse(parseJson(body.replace(RATE, '$1"$2"')));
  if (!read.success) return null;
  const closing = new Map<IsoDay, Bulletin>();
  const unreadable: StatedPoint[] = [];
  for (const { cotacaoVenda: value, dataHoraCotacao, tipoBoletim } of read.data.value) {
    const [, day, time = ""] = MOMENT.exec(dataHoraCotacao) ?? [];
    if (day === undefined) {
      unreadable.push({ day: dataHoraCotacao, value });
      continue;
    }
    const bulletin = { day, value, time, typed: typeof tipoBoletim === "string" };
    const closes = bulletin.typed ? CLOSING.has(tipoBoletim ?? "") : time >= CLOSING_FROM && day < today;
    const before = closing.get(day);
    if (closes && (before === undefined || isNewer(bulletin, before))) closing.set(day, bulletin);
  }
  return [...closing.values(), ...unreadable];
}

interface Bulletin extends StatedPoint {
  readonly time: string;
  readonly typed: boolean;
}

/** One that says that it is the closing bulletin is better than one that is taken for it. */
function isNewer(bulletin: Bulletin, before: Bulletin): boolean {
  return bulletin.typed === before.typed ? bulletin.time >= before.time : bulletin.typed;
}

function americanDay(day: IsoDay): string {
  return `${day.slice(5)}-${day.slice(0, 4)}`;
}
