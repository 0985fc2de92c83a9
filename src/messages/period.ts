import type { IsoDay } from "../money/day.ts";
import type { Pen } from "./page.ts";

/** A period as an answer or a question has it. */
export interface NamedPeriod {
  readonly kind: string;
  readonly from: IsoDay | null;
  readonly to: IsoDay;
  /** True when the client is younger than the period. */
  readonly shortened?: boolean;
}

/** The period as a name: `12 meses`, `mês`, `2025`, `desde 03/02/2026` for a client younger than it. */
export function periodName(period: NamedPeriod, pen: Pen): string {
  return said(period, pen, {
    fixed: pen.words.periods.name,
    months: pen.words.periods.months,
    year: (year) => year,
  });
}

/** The period in a sentence: `em 12 meses`, `no mês`, `em 2025`. */
export function duringPeriod(period: NamedPeriod, pen: Pen): string {
  const { during, duringMonths, duringYear } = pen.words.periods;
  return said(period, pen, { fixed: during, months: duringMonths, year: duringYear });
}

interface Forms {
  readonly fixed: Readonly<Record<string, string>>;
  readonly months: (count: string) => string;
  readonly year: (year: string) => string;
}

function said(period: NamedPeriod, pen: Pen, forms: Forms): string {
  const { words, format } = pen;
  if (period.shortened === true && period.from !== null) {
    return words.periods.since(format.day(period.from));
  }
  const months = /^(\d+)m$/.exec(period.kind)?.[1];
  if (months !== undefined) return forms.months(months);
  if (/^\d{4}$/.test(period.kind)) return forms.year(period.kind);
  const fixed = forms.fixed[period.kind];
  if (fixed !== undefined) return fixed;
  return period.from === null
    ? words.periods.until(format.day(period.to))
    : words.periods.range(format.day(period.from), format.day(period.to));
}

/**
 * The period to show: a range by the days that were asked for, since `info.from` is the close before its first day.
 */
export function shownPeriod(info: NamedPeriod, asked: NamedPeriod | null): NamedPeriod {
  return info.kind === "range" && asked !== null && info.shortened !== true ? asked : info;
}
