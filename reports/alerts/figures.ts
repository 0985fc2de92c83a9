import { Decimal } from "../../src/money/decimal.ts";
import type { Language } from "../../src/questions/question.ts";

/** A number that somebody wrote, with what it counts. */
export interface Figure {
  readonly value: Decimal;
  readonly unit: "percent" | "days" | "money" | "bare";
  /** `BRL` or `USD`, where a sign or word says so. */
  readonly currency: "BRL" | "USD" | null;
  readonly at: number;
  readonly end: number;
}

const FIGURE =
  /(?<![\p{L}\d.,])((?:r\$|us\$|u\$|\$)\s*)?(\d[\d.,]*)(?:\s*(mil(?![\p{L}])|k(?![\p{L}])|thousand|milhoes|milhao|mi(?![\p{L}])|millions?|mm(?![\p{L}])))?\s*(%|por\s*cento|percent|pct(?![\p{L}])|dias?(?![\p{L}])|days?(?![\p{L}])|reais|dolares|dollars|pontos|points)?(?![\p{L}\d])/gu;
const DIGITS_MAX = 15;
const SCALE_MAX = 8;
const THOUSAND = Decimal.of(1_000);

/** The numbers of a folded text. One that is glued to letters (PETR4) is part of a name. */
export function figuresIn(folded: string, language: Language): readonly Figure[] {
  return [...folded.matchAll(FIGURE)].flatMap((match): readonly Figure[] => {
    const [whole, sign = "", digits = "", times = "", unit = ""] = match;
    const number = readNumber(digits, language);
    if (number === null) return [];
    const value = number.times(factorOf(times));
    const currency = currencyOf(sign, unit);
    const at = match.index;
    const kind = unitOf(unit, currency);
    return [{ value, unit: kind, currency, at, end: at + whole.trimEnd().length }];
  });
}

function factorOf(times: string): Decimal {
  if (times === "") return Decimal.of(1);
  return /^(?:mil|k|thousand)$/.test(times) ? THOUSAND : THOUSAND.times(THOUSAND);
}

function unitOf(unit: string, currency: Figure["currency"]): Figure["unit"] {
  if (/^(?:%|por|percent|pct)/.test(unit)) return "percent";
  if (/^d(?:ia|ay)/.test(unit)) return "days";
  return currency === null ? "bare" : "money";
}

function currencyOf(sign: string, unit: string): Figure["currency"] {
  // A bare `$` is either, and says nothing.
  if (/^us?\$/.test(sign) || unit === "dolares" || unit === "dollars") return "USD";
  return sign.startsWith("r$") || unit === "reais" ? "BRL" : null;
}

/**
 * `1.234,56`, `1,234.56`, `130.000`, `5,2`, `5.20`. Of a single separator with three digits after it the language
 * decides: in Portuguese a point groups and a comma is decimal, in English the other way round. Null for what is no number.
 */
function readNumber(text: string, language: Language): Decimal | null {
  const digits = text.replace(/[.,]+$/, "");
  const [group, point] = separatorsOf(digits, language);
  const [whole = "", fraction = "", ...more] = digits.split(point);
  if (more.length > 0 || fraction.includes(group) || fraction.length > SCALE_MAX) return null;
  const grouped = whole.includes(group);
  if (grouped && !new RegExp(`^\\d{1,3}(?:\\${group}\\d{3})+$`).test(whole)) return null;
  const plain = whole.replaceAll(group, "");
  if (!/^\d+$/.test(plain) || plain.length > DIGITS_MAX) return null;
  return Decimal.parse(fraction === "" ? plain : `${plain}.${fraction}`);
}

function separatorsOf(digits: string, language: Language): readonly [group: string, point: string] {
  const [dot, comma] = [digits.lastIndexOf("."), digits.lastIndexOf(",")];
  if (dot >= 0 && comma >= 0) return dot > comma ? [",", "."] : [".", ","];
  const usual: readonly [string, string] = language === "pt" ? [".", ","] : [",", "."];
  const one = dot >= 0 ? "." : comma >= 0 ? "," : null;
  if (one !== usual[0]) return usual;
  // The grouping sign, but not where it can group: it was meant as the decimal one.
  return new RegExp(`^\\d{1,3}(?:\\${one}\\d{3})+$`).test(digits) ? usual : [usual[1], usual[0]];
}
