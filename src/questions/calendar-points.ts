import { type Parts, type Point, part, point, weekdayPoint } from "./calendar-days.ts";
import type { Sheet } from "./sheet.ts";
import { MONTH_WORDS, SHORT_MONTH_WORDS, WEEKDAY_WORDS } from "./time-words.ts";

/** The ways of writing a date in digits: each names the groups of its match. */
const DIGITS: readonly { readonly form: RegExp; readonly order: readonly (keyof Parts)[] }[] = [
  { form: /(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?![\d/-])/y, order: ["year", "month", "day"] },
  { form: /(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/y, order: ["day", "month", "year"] },
  { form: /(\d{1,2})[-/](\d{4})(?![\d/-])/y, order: ["month", "year"] },
  { form: /(\d{4})[-/](\d{2})(?![\d/-])/y, order: ["year", "month"] },
  { form: /(\d{1,2})\/(\d{1,2})(?![\d/])/y, order: ["day", "month"] },
];

const MONTH_LEADS = new Set("em de desde entre ate e a in of since from until to and between mes".split(" "));
const NAME_LEADS = new Set("o a do da ao pro pra cliente carteira client".split(" "));
const DAY_LEADS = new Set("na ate desde on until since de nesta nessa".split(" "));
const ORDINALS: readonly (readonly string[])[] = [
  ["1o", "primeiro", "first", "1st"],
  ["2o", "segundo", "second", "2nd"],
  ["3o", "terceiro", "third", "3rd"],
  ["4o", "quarto", "fourth", "4th"],
];

/** Reads a date, month, quarter, year or weekday at a position; null where there is none. */
export function readPoint(sheet: Sheet, at: number): Point | null {
  return readNamed(sheet, at) ?? readBare(sheet, at);
}

/** `dia 15/03`, `mês de outubro`, `ano de 2024`: the noun adds nothing. */
function readNamed(sheet: Sheet, at: number): Point | null {
  if (!/^(?:dia|mes|ano|day|month|year)$/.test(sheet.word(at))) return null;
  const skip = /^(?:de|of)$/.test(sheet.word(at + 1)) ? 2 : 1;
  const point = readBare(sheet, at + skip) ?? (sheet.word(at) === "dia" ? readDayAlone(sheet, at + 1) : null);
  return point && { ...point, length: point.length + skip };
}

function readBare(sheet: Sheet, at: number): Point | null {
  return (
    readDigits(sheet, at) ??
    readDayAndMonth(sheet, at) ??
    readMonth(sheet, at) ??
    readPart(sheet, at) ??
    readYear(sheet, at) ??
    readWeekday(sheet, at)
  );
}

function readDigits(sheet: Sheet, at: number): Point | null {
  const start = sheet.token(at)?.start;
  if (start === undefined || !/^\d{1,4}$/.test(sheet.word(at))) return null;
  for (const { form, order } of DIGITS) {
    form.lastIndex = start;
    const match = form.exec(sheet.text.folded);
    if (match === null) continue;
    const group = (part: keyof Parts) => {
      const digits = match[order.indexOf(part) + 1];
      return order.includes(part) && digits !== undefined ? Number(digits) : null;
    };
    const end = start + match[0].length;
    let length = 1;
    while ((sheet.token(at + length)?.start ?? end) < end) length += 1;
    const year = group("year");
    const full = year !== null && year < 100 ? 2_000 + year : year;
    return point({ year: full, month: group("month"), day: group("day") }, length);
  }
  return null;
}

/** `15 de março (de 2025)`, `1º de maio`, `March 15, 2025`. */
function readDayAndMonth(sheet: Sheet, at: number): Point | null {
  const day = dayNumberOf(sheet.word(at));
  if (day !== null) {
    const skip = /^(?:de|of)$/.test(sheet.word(at + 1)) ? 2 : 1;
    const month = monthOf(sheet.word(at + skip));
    if (month === null) return null;
    const year = yearAfter(sheet, at + skip + 1);
    return point({ year: year?.value ?? null, month, day }, skip + 1 + (year?.length ?? 0));
  }
  const month = monthOf(sheet.word(at));
  const second = dayNumberOf(sheet.word(at + 1));
  const year = /^\d{4}$/.test(sheet.word(at + 2)) ? Number(sheet.word(at + 2)) : null;
  return month === null || second === null || year === null ? null : point({ year, month, day: second }, 3);
}

/** `outubro`, `outubro de 2024`, `out/24`. */
function readMonth(sheet: Sheet, at: number): Point | null {
  const word = sheet.word(at);
  const month = monthOf(word);
  if (month === null) return null;
  const year = yearAfter(sheet, at + 1);
  if (year === null) {
    const before = sheet.word(at - 1);
    const alsoAWord = SHORT_MONTH_WORDS.has(word) || word === "may" || word === "march";
    if (alsoAWord ? !MONTH_LEADS.has(before) : NAME_LEADS.has(before) && before !== "a") return null;
  }
  return point({ year: year?.value ?? null, month, day: null }, 1 + (year?.length ?? 0));
}

/** `2025`, `/25` and `de 2025` after a month. */
function yearAfter(sheet: Sheet, at: number): { readonly value: number; readonly length: number } | null {
  const skip = /^(?:de|of|do|in)$/.test(sheet.word(at)) ? 1 : 0;
  const word = sheet.word(at + skip);
  if (/^(?:19|20)\d{2}$/.test(word)) return { value: Number(word), length: skip + 1 };
  const short = skip === 0 && /^\d{2}$/.test(word) && /^[/-]$/.test(sheet.token(at)?.glue ?? "");
  return short ? { value: 2_000 + Number(word), length: 1 } : null;
}

/** `1T25`, `Q1 2025`, `primeiro trimestre (de 2025)`, `2º semestre de 2024`. */
function readPart(sheet: Sheet, at: number): Point | null {
  const compact = /^([1-4])(t|tri|q|s)(\d{2}|\d{4})$/.exec(sheet.word(at));
  if (compact !== null) {
    const year = Number(compact[3]) % 2_000;
    return part(Number(compact[1]), compact[2] === "s" ? 6 : 3, 2_000 + year, 1);
  }
  const quarter = /^q([1-4])$/.exec(sheet.word(at)) ?? /^([1-4])(?:q|t|tri)$/.exec(sheet.word(at));
  const ordinal = ORDINALS.findIndex((words) => words.includes(sheet.word(at))) + 1;
  const unit = /^(?:trimestre|tri|quarter)$/.test(sheet.word(at + 1)) ? 3 : 6;
  const named = ordinal > 0 && /^(?:trimestre|tri|quarter|semestre|half)$/.test(sheet.word(at + 1));
  if (quarter === null && !named) return null;
  const length = quarter === null ? 2 : 1;
  const year = yearAfter(sheet, at + length);
  const number = quarter === null ? ordinal : Number(quarter[1]);
  return part(number, quarter === null ? unit : 3, year?.value ?? null, length + (year?.length ?? 0));
}

function readYear(sheet: Sheet, at: number): Point | null {
  const word = sheet.word(at);
  if (!/^(?:19|20)\d{2}$/.test(word) || !sheet.standsAlone(at, 1) || sheet.charAfter(at) === "%") return null;
  if (/\$\s*$/.test(sheet.gapBefore(at))) return null;
  if (/^(?:reais|acoes|cotas|clientes|pontos|papeis|dolares|shares|clients)$/.test(sheet.word(at + 1)))
    return null;
  return point({ year: Number(word), month: null, day: null }, 1);
}

function readWeekday(sheet: Sheet, at: number): Point | null {
  const wanted = WEEKDAY_WORDS.get(sheet.word(at));
  const feira = sheet.word(at + 1) === "feira";
  const english = sheet.word(at).endsWith("day");
  if (wanted === undefined || !(feira || english || DAY_LEADS.has(sheet.word(at - 1)))) return null;
  const past = /^(?:passada|passado)$/.test(sheet.word(at + (feira ? 2 : 1)));
  return weekdayPoint(wanted, past, 1 + Number(feira) + Number(past));
}

/** `dia 15`: of this month, or of the one before. */
function readDayAlone(sheet: Sheet, at: number): Point | null {
  const day = dayNumberOf(sheet.word(at));
  return day === null || sheet.charAfter(at) === "%" ? null : point({ year: null, month: null, day }, 1);
}

/** A day of a month that another point names: `de 10 a 15 de março`. */
export function readDayBefore(sheet: Sheet, at: number): Point | null {
  return readDayAlone(sheet, at);
}

function dayNumberOf(word: string): number | null {
  const match = /^(\d{1,2})(?:o|st|nd|rd|th)?$/.exec(word);
  const day = Number(match?.[1] ?? 0);
  return day >= 1 && day <= 31 ? day : null;
}

function monthOf(word: string): number | null {
  return MONTH_WORDS.get(word) ?? SHORT_MONTH_WORDS.get(word) ?? null;
}
