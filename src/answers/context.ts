import type { MarketHours } from "../market/hours.ts";
import type { IsoDay } from "../money/day.ts";
import type { ParsedQuestion } from "../questions/question.ts";
import type { CatalogueQuery, Param, Row, Snapshot } from "../warehouse/warehouse.ts";
import type { AnswerData, SourceNote, StaleNote } from "./answer.ts";
import type { IndexLevels } from "./levels.ts";

type Params = Readonly<Record<string, Param>>;

/** A query of value in its two forms: of this moment, and of a past day. */
interface MomentQuery {
  readonly now: CatalogueQuery;
  readonly at: CatalogueQuery;
}

/** What one answer is worked out in: the question, the version of the data, and queries that are always scoped. */
export interface AnswerContext {
  readonly question: ParsedQuestion;
  readonly snapshot: Snapshot;
  /** The calendar day in Brazil on which the question is answered: today, or the day that `at` names. */
  readonly today: IsoDay;
  /** The moment of the answer: what is late is late by it. */
  readonly now: Date;
  /** B3's trading hours. */
  readonly hours: MarketHours;
  /** Whether the answer is as of a past day instead of now. */
  readonly past: boolean;
  /** Last session that there is history of, on or before `today`; null where there is none. */
  readonly asOf: IsoDay | null;
  /** Runs a query on client data, within the asker's brokers. */
  run(query: CatalogueQuery, params: Params): Promise<readonly Row[]>;
  /** Runs a query of value for the answer's moment or the close of a day, within the asker's brokers. */
  value(query: MomentQuery, params: Params, on?: IsoDay | null): Promise<readonly Row[]>;
  /** Runs a query on market data, which have no owner. */
  market(query: CatalogueQuery, params: Params): Promise<readonly Row[]>;
  /** CDI, IBOV and IPCA; read once a version. */
  levels(): Promise<IndexLevels>;
}

/**
 * The session that changes of the day are of: null is the day of the answer; another day by its date; `several` where markets differ.
 */
export type DaySession = IsoDay | "several" | null;

/** How current an answer is, and by whose prices. */
export interface Basis {
  readonly asOf: string | null;
  readonly sources: readonly SourceNote[];
  readonly stale: readonly StaleNote[];
  /** Absent where nothing is told of a day. */
  readonly session?: DaySession;
}

export const NO_BASIS: Basis = { asOf: null, sources: [], stale: [] };

/** What an intent comes to. Null: there is no such client or asset for this asker. */
type Outcome = { readonly result: AnswerData; readonly basis: Basis } | null;

/** Answers one kind of question. `client` and `asset` are checked before it is called. */
export type Intent = (context: AnswerContext) => Promise<Outcome>;

export function textParam(value: string): Param {
  return { type: "text", value };
}

export function dayParam(value: IsoDay): Param {
  return { type: "day", value };
}

export function countParam(value: number): Param {
  return { type: "count", value };
}
