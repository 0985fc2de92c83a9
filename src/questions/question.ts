import type { IsoDay } from "../money/day.ts";

export const INTENTS = [
  "portfolio",
  "holding",
  "allocation",
  "performance",
  "movers",
  "history",
  "income",
  "ranking",
  "holders",
  "aum",
  "risk",
  "quote",
  "clients",
  "help",
  "digest",
  "digest_schedule",
  "alert_create",
  "alert_list",
  "alert_delete",
  "alert_snooze",
  "unknown",
] as const;

export type Intent = (typeof INTENTS)[number];

/** today, yesterday, week_to_date, …, `3m`, a year as itself (`2025`), inception or range. */
export type PeriodKind =
  | "today"
  | "yesterday"
  | "week_to_date"
  | "last_week"
  | "month_to_date"
  | "last_month"
  | "year_to_date"
  | "inception"
  | "range"
  | `${number}m`
  | `${number}`;

/**
 * A stretch of time that was asked for. `from` and `to` are its first and last calendar day (both included),
 * worked out from the day of the question; null for inception's `from`, which only the data know.
 */
export interface Period {
  readonly kind: PeriodKind;
  readonly from: IsoDay | null;
  readonly to: IsoDay;
}

export type Benchmark = "CDI" | "IBOV" | "IPCA";
export type Direction = "up" | "down";
/** What an allocation is grouped by. */
export type Grouping = "class" | "sector" | "currency";

/** One question, typed. What was not said is null. */
export interface Question {
  readonly intent: Intent;
  /** Client id. */
  readonly client: string | null;
  /** Canonical code: PETR4, AAPL, USDBRL, IBOV. */
  readonly asset: string | null;
  readonly period: Period | null;
  readonly benchmark: Benchmark | null;
  readonly direction: Direction | null;
  readonly limit: number | null;
}

/** A question with what only the answer needs beside the seven public fields. */
export interface ParsedQuestion extends Question {
  readonly grouping: Grouping | null;
  readonly language: Language;
}

export type Language = "pt" | "en";

/** The names a question may use: the asker's own clients, and every instrument. */
export interface Lexicon {
  readonly clients: readonly { readonly id: string; readonly name: string }[];
  readonly instruments: readonly {
    readonly code: string;
    readonly name: string;
    readonly aliases: readonly string[];
  }[];
}

export type ClarifyReason =
  | {
      readonly code: "which_client";
      readonly options: readonly { readonly id: string; readonly name: string }[];
    }
  | { readonly code: "client_missing" }
  | { readonly code: "which_asset"; readonly options: readonly string[] }
  | { readonly code: "asset_missing" }
  | { readonly code: "period_unclear"; readonly text: string }
  | { readonly code: "not_understood" };

/** What a text came to: a question, a question back, or a client that is not among the asker's. */
export type Reading =
  | { readonly kind: "question"; readonly question: ParsedQuestion }
  | { readonly kind: "clarify"; readonly question: ParsedQuestion; readonly reason: ClarifyReason }
  | { readonly kind: "not_found"; readonly question: ParsedQuestion };

export interface ReadingContext {
  readonly lexicon: Lexicon;
  /** The day of the question in Brazil: what "hoje" means. */
  readonly today: IsoDay;
  /** The last client talked about, for "e no mês?"; null where there was none. */
  readonly previous: Question | null;
  readonly language?: Language;
}
