import type { ActionRow } from "../../market/actions.ts";
import type { SourceProblem } from "../../market/sources/source.ts";
import type { IsoDay } from "../../money/day.ts";

/** Why one thing asked for has no new price; beside what a source tells, that its currency is not the instrument's. */
export interface MarketGap {
  readonly source: SourceProblem["source"];
  readonly subject: string;
  readonly code: SourceProblem["code"] | "currency_differs";
}

/** What a refresh came to. */
export interface RefreshReport {
  /** The gold run that now holds the book. */
  readonly runId: string;
  readonly closes: {
    readonly asked: number;
    readonly answered: number;
    /** Closes that are new or that the source restated. */
    readonly fresh: number;
    readonly newest: IsoDay | null;
  };
  readonly series: readonly { readonly code: string; readonly newest: IsoDay }[];
  readonly quotes: QuotesReport;
  /** What the sources told of that the ledger did not have. */
  readonly actions: readonly ActionRow[];
  readonly gaps: readonly MarketGap[];
  /** Rows of the sources that the checks of the pipeline refused. */
  readonly rejected: number;
  readonly requests: number;
}

export interface QuotesReport {
  readonly asked: number;
  readonly answered: number;
  /** UTC instant of the newest trade. */
  readonly newestAt: string | null;
}
