import type { IsoDay } from "../money/day.ts";
import { Decimal } from "../money/decimal.ts";
import type { Language } from "../questions/question.ts";

/**
 * Numbers and dates as a reader sees them, made from the digits of a Decimal: no float on the way.
 *
 * The minus is the ASCII hyphen, as CLDR has it for pt-BR and for English: it can be pasted into a
 * spreadsheet and found with a keyboard. Spaces are ordinary ones for the same reason.
 */

/** What stands where a figure is not known. Never zero. */
export const UNKNOWN = "—";

interface Locale {
  readonly group: string;
  readonly point: string;
  readonly months: readonly string[];
}

const LOCALES: Readonly<Record<Language, Locale>> = {
  pt: {
    group: ".",
    point: ",",
    months: ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"],
  },
  en: {
    group: ",",
    point: ".",
    months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  },
};

const SYMBOLS: Readonly<Record<string, string>> = { BRL: "R$", USD: "US$" };
const TIME_ZONE = "America/Sao_Paulo";

/** How many digits after the point: at least `least`, at most `most`, zeros in between are dropped. */
interface Digits {
  readonly least: number;
  readonly most: number;
  /** Whether a positive number carries its sign too. A number that rounds to zero carries none. */
  readonly signed?: boolean;
}

/** A number in the reader's separators, rounded half away from zero to `digits.most` places. */
export function formatDecimal(value: Decimal, digits: Digits, language: Language): string {
  const locale = LOCALES[language];
  const rounded = value.round(digits.most);
  const [whole = "0", rest = ""] = rounded.abs().toString().split(".");
  const kept = rest.slice(0, digits.least) + rest.slice(digits.least).replace(/0+$/, "");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, locale.group);
  const sign = rounded.sign() < 0 ? "-" : digits.signed === true && rounded.sign() > 0 ? "+" : "";
  return `${sign}${grouped}${kept === "" ? "" : locale.point + kept}`;
}

/** `R$`, `US$`, or the code of any other currency. */
export function currencySymbol(currency: string): string {
  return SYMBOLS[currency] ?? currency;
}

/** `20/11/2026` or `20 Nov 2026`. */
function formatDay(day: IsoDay, language: Language): string {
  if (language === "pt") return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
  return `${formatShortDay(day, language)} ${day.slice(0, 4)}`;
}

/** `20/11` or `20 Nov`. */
export function formatShortDay(day: IsoDay, language: Language): string {
  if (language === "pt") return `${day.slice(8, 10)}/${day.slice(5, 7)}`;
  return `${Number(day.slice(8, 10))} ${monthName(day, language)}`;
}

/** `nov/26` or `Nov/26`, of a month (`2026-11`) or of any day in it. */
export function formatMonth(month: string, language: Language): string {
  return `${monthName(month, language)}/${month.slice(2, 4)}`;
}

/** A day as a day; an instant as day and minute in Brazil: `20/11/2026 16:42`. */
function formatMoment(at: string, language: Language): string {
  if (!at.includes("T")) return formatDay(at, language);
  const local = new Intl.DateTimeFormat("sv-SE", {
    timeZone: TIME_ZONE,
    dateStyle: "short",
    timeStyle: "short",
  }).format(new Date(at));
  return `${formatDay(local.slice(0, 10), language)} ${local.slice(11, 16)}`;
}

function monthName(month: string, language: Language): string {
  return LOCALES[language].months[Number(month.slice(5, 7)) - 1] ?? UNKNOWN;
}

type Maybe = Decimal | null;

/** The formats of one language. Every number may be null, which reads `—`. */
export interface Formatter {
  /** `R$ 1.234,56`. */
  money(amount: Maybe, currency: string): string;
  /** `+R$ 1.234,56`. */
  signedMoney(amount: Maybe, currency: string): string;
  /** `1.234,56`, where the column says the currency. */
  amount(amount: Maybe): string;
  signedAmount(amount: Maybe): string;
  /** `12,34%`; `digits` after the point, 2 unless told. */
  percent(value: Maybe, digits?: number): string;
  /** `+0,84%`. */
  signedPercent(value: Maybe): string;
  /** `+3,1`, percentage points. */
  points(value: Maybe): string;
  /** `1.250` or `0,12345678`. */
  quantity(value: Maybe): string;
  /** A price: 2 digits, more where the price has them and is small. */
  price(value: Maybe): string;
  /** The same with its currency. */
  priceIn(value: Maybe, currency: string): string;
  /** An average cost: 2 digits, 8 below one unit of currency. */
  average(value: Maybe): string;
  averageIn(value: Maybe, currency: string): string;
  /** Every digit there is, 2 at least: for showing arithmetic. */
  exact(value: Maybe): string;
  exactIn(value: Maybe, currency: string): string;
  /** What an amount is multiplied by, with up to 16 digits. */
  factor(value: Maybe): string;
  count(value: number): string;
  day(day: IsoDay): string;
  shortDay(day: IsoDay): string;
  month(month: string): string;
  moment(at: string): string;
}

const ONE = Decimal.of(1);
const THOUSAND = Decimal.of(1000);

function priceDigits(value: Decimal): Digits {
  const size = value.abs();
  return { least: 2, most: size.compare(THOUSAND) >= 0 ? 2 : size.compare(ONE) >= 0 ? 4 : 8 };
}

function averageDigits(value: Decimal): Digits {
  return { least: 2, most: value.abs().compare(ONE) >= 0 ? 2 : 8 };
}

function withSymbol(number: string, currency: string): string {
  const signed = /^[+-]/.exec(number)?.[0] ?? "";
  return `${signed}${currencySymbol(currency)} ${number.slice(signed.length)}`;
}

/** The formats of a language. */
export function formatter(language: Language): Formatter {
  const written = (value: Maybe, digits: (value: Decimal) => Digits, finish = (text: string) => text) =>
    value === null ? UNKNOWN : finish(formatDecimal(value, digits(value), language));
  const cents = (signed: boolean) => () => ({ least: 2, most: 2, signed });
  return {
    money: (amount, currency) => written(amount, cents(false), (text) => withSymbol(text, currency)),
    signedMoney: (amount, currency) => written(amount, cents(true), (text) => withSymbol(text, currency)),
    amount: (amount) => written(amount, cents(false)),
    signedAmount: (amount) => written(amount, cents(true)),
    percent: (value, digits = 2) =>
      written(
        value,
        () => ({ least: digits, most: digits }),
        (text) => `${text}%`,
      ),
    signedPercent: (value) => written(value, cents(true), (text) => `${text}%`),
    points: (value) => written(value, () => ({ least: 1, most: 1, signed: true })),
    quantity: (value) => written(value, () => ({ least: 0, most: 8 })),
    price: (value) => written(value, priceDigits),
    priceIn: (value, currency) => written(value, priceDigits, (text) => withSymbol(text, currency)),
    average: (value) => written(value, averageDigits),
    averageIn: (value, currency) => written(value, averageDigits, (text) => withSymbol(text, currency)),
    exact: (value) => written(value, () => ({ least: 2, most: 8 })),
    factor: (value) => written(value, () => ({ least: 2, most: 16 })),
    exactIn: (value, currency) =>
      written(
        value,
        () => ({ least: 2, most: 8 }),
        (text) => withSymbol(text, currency),
      ),
    count: (value) => formatDecimal(Decimal.of(value), { least: 0, most: 0 }, language),
    day: (day) => formatDay(day, language),
    shortDay: (day) => formatShortDay(day, language),
    month: (month) => formatMonth(month, language),
    moment: (at) => formatMoment(at, language),
  };
}
