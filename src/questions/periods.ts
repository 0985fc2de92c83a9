import { addDays, addMonths, type IsoDay } from "../money/day.ts";
import type { Point } from "./calendar-days.ts";
import { readDayBefore, readPoint } from "./calendar-points.ts";
import { PhraseBook, phrasesOf } from "./phrases.ts";
import type { Period } from "./question.ts";
import type { Sheet } from "./sheet.ts";
import { monthsBack, namedSpan, rangeSpan, type Span } from "./spans.ts";
import {
  type NamedSpan,
  NUMBER_WORDS,
  SHORT_UNITS,
  SPAN_WORDS,
  UNIT_WORDS,
  type Unit,
} from "./time-words.ts";

/** What a text says about time. */
export interface PeriodReading {
  readonly period: Period | null;
  /** A day to come that something lasts until (`até amanhã`, `por 3 dias`); null where none is meant. */
  readonly until: IsoDay | null;
  /** The words that could not be made a period of; null where all is clear. */
  readonly unclear: string | null;
}

interface Mention {
  readonly length: number;
  /** Null: said, but no stretch of time that has begun. */
  readonly span: Span | null;
  readonly until: IsoDay | null;
}

const MONTHS_MAX = 1_200;
const spans = new PhraseBook<NamedSpan | "none">();
for (const name of Object.keys(SPAN_WORDS) as (NamedSpan | "none")[]) {
  for (const words of phrasesOf(SPAN_WORDS[name])) spans.set(words, name);
}

/** Takes everything that speaks of time and works out the period from the day of the question. */
export function takePeriods(sheet: Sheet, today: IsoDay): PeriodReading {
  const mentions: (Mention & { readonly text: string })[] = [];
  for (let at = 0; at < sheet.length; ) {
    const mention = sheet.isFree(at) ? readMention(sheet, at, today) : null;
    if (mention === null) {
      at += skipOf(sheet, at);
    } else {
      mentions.push({ ...mention, text: sheet.slice(at, mention.length, "raw") });
      sheet.take(at, mention.length, "period");
      at += mention.length;
    }
  }
  return summarise(mentions);
}

function summarise(mentions: readonly (Mention & { readonly text: string })[]): PeriodReading {
  const until = mentions.find((mention) => mention.until !== null)?.until ?? null;
  const stated = mentions.filter((mention) => mention.span !== null || mention.until === null);
  const unclear = stated.find(({ span }) => span === null);
  if (unclear !== undefined) return { period: null, until, unclear: unclear.text };
  const kept = distinct(stated);
  const [first, second] = kept;
  if (second !== undefined) return { period: null, until, unclear: kept.map(({ text }) => text).join(", ") };
  return { period: first?.span ?? null, until, unclear: null };
}

/** Mentions of different days. "Como está hoje, e no ano?": today is when one asks, not what one asks for. */
function distinct<T extends Mention>(mentions: readonly T[]): T[] {
  const others = mentions.filter(({ span }) => span?.kind !== "today");
  const seen = new Set<string>();
  return (others.length > 0 ? others : mentions).filter(({ span }) => {
    const key = `${span?.kind} ${span?.from} ${span?.to}`;
    return !seen.has(key) && seen.add(key);
  });
}

function skipOf(sheet: Sheet, at: number): number {
  const hit = spans.at(sheet.words, at, (length) => sheet.isFree(at, length));
  return hit?.value === "none" ? hit.length : 1;
}

function readMention(sheet: Sheet, at: number, today: IsoDay): Mention | null {
  const mention =
    readRange(sheet, at, today) ??
    readUntil(sheet, at, today) ??
    readCount(sheet, at, today) ??
    readSingle(sheet, at, today);
  return mention !== null && sheet.isFree(at, mention.length) ? mention : null;
}

/** `de 01/03/2025 a 30/06/2025`, `entre março e junho`, `desde 15/03`, `01/03 - 30/06`. */
function readRange(sheet: Sheet, at: number, today: IsoDay): Mention | null {
  const lead = leadOf(sheet, at);
  const start = at + lead.length;
  const first = readEnd(sheet, start, today) ?? (lead.length > 0 ? readDayBefore(sheet, start) : null);
  if (first === null) return null;
  const joint = jointAfter(sheet, start + first.length, lead.between);
  const second = joint === null ? null : readEnd(sheet, start + first.length + joint, today);
  if (joint !== null && second !== null) {
    const to = second.resolve(today, today)?.to ?? null;
    const from = to === null ? null : (first.resolve(to, today)?.from ?? null);
    const length = lead.length + first.length + joint + second.length;
    const valid = from !== null && to !== null && from <= to && from <= today;
    return { length, span: valid ? rangeSpan(from, to < today ? to : today) : null, until: null };
  }
  if (!lead.since) return null;
  const from = first.resolve(today, today)?.from ?? null;
  const span = from !== null && from <= today ? rangeSpan(from, today) : null;
  return { length: lead.length + first.length, span, until: null };
}

interface Lead {
  readonly length: number;
  /** `entre`: the two ends are joined by `e`. */
  readonly between: boolean;
  /** `desde`: the end may be left out and is today. */
  readonly since: boolean;
}

function leadOf(sheet: Sheet, at: number): Lead {
  const word = sheet.word(at);
  const article = /^(?:o|a|os|as|the)$/.test(sheet.word(at + 1)) ? 1 : 0;
  if (/^(?:desde|since)$/.test(word)) return { length: 1 + article, between: false, since: true };
  if (word === "a" && sheet.word(at + 1) === "partir" && /^(?:de|do|da)$/.test(sheet.word(at + 2))) {
    return { length: 3, between: false, since: true };
  }
  if (/^(?:entre|between)$/.test(word)) return { length: 1 + article, between: true, since: false };
  if (/^(?:de|do|from)$/.test(word)) return { length: 1, between: false, since: false };
  return { length: 0, between: false, since: false };
}

/** Number of words that join two ends of a range; null where nothing joins them. */
function jointAfter(sheet: Sheet, at: number, between: boolean): number | null {
  const word = sheet.word(at);
  const joins = between ? /^(?:e|and|a|ate|to)$/ : /^(?:a|ate|ao|to|until|till|through)$/;
  if (joins.test(word)) return /^(?:o|a|the)$/.test(sheet.word(at + 1)) ? 2 : 1;
  return at < sheet.length && /^\s*[-–—]\s*$/.test(sheet.gapBefore(at)) ? 0 : null;
}

/** An end of a range: a point of the calendar, or `hoje`, `ontem`, `ano passado`. */
function readEnd(sheet: Sheet, at: number, today: IsoDay): Point | null {
  const point = readPoint(sheet, at);
  if (point !== null) return point;
  if (/^(?:agora|now|aqui)$/.test(sheet.word(at)))
    return { length: 1, resolve: () => rangeSpan(today, today) };
  const hit = spans.at(sheet.words, at);
  if (hit === null || !/^(?:today|yesterday|day_before|last_)/.test(hit.value)) return null;
  const { value, length } = hit;
  return value === "none" || value === "vague" ? null : { length, resolve: () => namedSpan(value, today) };
}

/** `até amanhã`, `até sexta`, `até 30/11`: a day to come. A day gone by says nothing about where to begin. */
function readUntil(sheet: Sheet, at: number, today: IsoDay): Mention | null {
  if (!/^(?:ate|until|till)$/.test(sheet.word(at))) return null;
  const skip = /^(?:o|a|the|as)$/.test(sheet.word(at + 1)) ? 2 : 1;
  const hit = spans.at(sheet.words, at + skip);
  if (hit?.value === "tomorrow") return { length: skip + hit.length, span: null, until: addDays(today, 1) };
  const point = readEnd(sheet, at + skip, today);
  if (point === null) return null;
  const day = point.resolve(today, today, true)?.to ?? null;
  const length = skip + point.length;
  if (day === today) return { length, span: null, until: today };
  return { length, span: null, until: day !== null && day > today ? day : null };
}

/** `12 meses`, `12m`, `últimos dois anos`, `30 dias`. */
function readCount(sheet: Sheet, at: number, today: IsoDay): Mention | null {
  const lead = /^(?:ultimos|ultimas|last|past|previous|trailing|proximos|proximas|next)$/.test(sheet.word(at))
    ? 1
    : 0;
  const counted = countAt(sheet, at + lead);
  if (counted === null) return null;
  const { count, unit } = counted;
  const length = lead + counted.length;
  const months = "months" in unit ? count * unit.months : 0;
  const days = "days" in unit ? count * unit.days : 0;
  if (count < 1 || months > MONTHS_MAX || days > MONTHS_MAX * 30) return { length, span: null, until: null };
  return months > 0
    ? { length, span: monthsBack(months, today), until: addMonths(today, months) }
    : { length, span: rangeSpan(addDays(today, -days), today), until: addDays(today, days) };
}

interface Counted {
  readonly count: number;
  readonly unit: Unit;
  readonly length: number;
}

function countAt(sheet: Sheet, at: number): Counted | null {
  const compact = /^(\d{1,4})([dswmay])$/.exec(sheet.word(at));
  const short = SHORT_UNITS.get(compact?.[2] ?? "");
  if (short !== undefined && sheet.standsAlone(at, 1)) {
    return { count: Number(compact?.[1]), unit: short, length: 1 };
  }
  const first = numberAt(sheet, at);
  if (first === null) return null;
  const second = sheet.word(at + 1) === "e" ? numberAt(sheet, at + 2) : null;
  const [count, words] = second !== null && first >= 20 ? [first + second, 3] : [first, 1];
  const unit = UNIT_WORDS.get(sheet.word(at + words));
  // "Top 5 mês": the number belongs to what comes before it.
  if (sheet.word(at - 1) === "top") return null;
  return unit === undefined ? null : { count, unit, length: words + 1 };
}

/** A whole number in digits or words at a position; null where there is none. */
export function numberAt(sheet: Sheet, at: number): number | null {
  const word = sheet.word(at);
  return /^\d{1,4}$/.test(word) ? Number(word) : (NUMBER_WORDS.get(word) ?? null);
}

function readSingle(sheet: Sheet, at: number, today: IsoDay): Mention | null {
  const point = readPoint(sheet, at);
  if (point !== null) {
    const span = point.resolve(today, today);
    // A year to come is part of a name ("Tesouro Selic 2029") unless a word of time leads to it.
    const year = span !== null && /^\d{4}$/.test(span.kind) && `${span.from}` > today;
    if (year && !/^(?:em|de|in|para|for|ano)$/.test(sheet.word(at - 1))) return null;
    const begun = span !== null && (span.from === null || span.from <= today);
    return { length: point.length, span: begun ? span : null, until: null };
  }
  const hit = spans.at(
    sheet.words,
    at,
    (length) =>
      sheet.isFree(at, length) &&
      !(sheet.word(at + length - 1) === "dia" && /^\d/.test(sheet.word(at + length))),
  );
  if (hit === null || hit.value === "none" || hit.value === "tomorrow") return null;
  const span = hit.value === "vague" ? null : namedSpan(hit.value, today);
  return { length: hit.length, span, until: null };
}
