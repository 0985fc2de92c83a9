import type { CueReading } from "./cues.ts";
import { numberAt } from "./periods.ts";
import type { Direction } from "./question.ts";
import type { Sheet } from "./sheet.ts";

const LIMIT_MAX = 1_000;
const BEFORE = new Set(
  "top os as meus minhas bottom primeiros primeiras ultimos ultimas so apenas first last my the best worst".split(
    " ",
  ),
);
const AFTER = new Set(
  `maiores menores melhores piores clientes clients ativos acoes papeis altas baixas quedas operacoes posicoes
   movimentacoes negocios compras vendas primeiros primeiras ultimos ultimas principais best worst biggest largest
   top stocks assets positions trades transactions que`.split(/\s+/),
);

/** Takes the number of things asked for (`top 5`, `os 3 maiores`, `cinco clientes`); null where none is said. */
export function takeLimit(sheet: Sheet): number | null {
  for (let at = 0; at < sheet.length; at += 1) {
    const count = numberAt(sheet, at);
    if (count === null || count < 1 || count > LIMIT_MAX || /^(?:um|uma|one)$/.test(sheet.word(at))) continue;
    const role = sheet.role(at);
    if ((role !== null && role !== "filler") || !sheet.standsAlone(at, 1) || !isBareNumber(sheet, at))
      continue;
    if (!BEFORE.has(sheet.word(at - 1)) && !AFTER.has(sheet.word(at + 1))) continue;
    sheet.take(at, 1, "number");
    return count;
  }
  return null;
}

/** Neither a percentage, nor an amount of money, nor a decimal. */
function isBareNumber(sheet: Sheet, at: number): boolean {
  const after = sheet.charAfter(at);
  const decimal =
    /[,.]/.test(after) && /^\d/.test(sheet.word(at + 1)) && sheet.gapBefore(at + 1).length === 1;
  const hour = after === ":" || /^(?:h|hs|hrs?|horas?|am|pm)$/.test(sheet.word(at + 1));
  return after !== "%" && !decimal && !hour && !/\$\s*$/.test(sheet.gapBefore(at));
}

/**
 * Which end is asked for: `maiores altas` up, `quem mais perdeu` down, `menos renderam` down;
 * null where neither or both are said (`altas e baixas`).
 */
export function directionOf(cues: CueReading): Direction | null {
  const up = cues.has("rise", "won", "best", "above");
  const down = cues.has("fall", "lost", "worst", "deepest", "below");
  if (up && down) return null;
  const turned = cues.has("less");
  if (up || down) return up !== turned ? "up" : "down";
  if (cues.has("more", "top", "less") && cues.has("returns", "top")) return turned ? "down" : "up";
  return null;
}
