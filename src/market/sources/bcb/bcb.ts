import { addDays, dayIn, dayNumber, type IsoDay } from "../../../money/day.ts";
import type { Fetched, KeepBody, ProblemCode, SeriesPoint, SourceProblem } from "../source.ts";
import { type Caller, createCaller, DEFAULT_PACE, type Pace } from "./caller.ts";
import { type CheckedPoints, checkPoints, type StatedPoints } from "./points.ts";
import { PTAX_YEARS_MAX, ptaxPath, readPtax } from "./ptax.ts";
import { BCB_SERIES, type BcbCode, type BcbSeries } from "./series.ts";
import { readSgs, SGS_YEARS_MAX, sgsPath } from "./sgs.ts";
import { type DayWindow, splitWindow } from "./windows.ts";

const SGS_HOST = "https://api.bcb.gov.br";
const PTAX_HOST = "https://olinda.bcb.gov.br";
/** A currency without a rate for longer is one that the bank does not publish: around Carnival there is none for five. */
const SILENT_DAYS_MAX = 10;

export interface BcbOptions {
  /** The bank's own hosts where null; else one that stands in for both, as tests have it (CARTEIRA_BCB_ORIGIN). */
  readonly origin: string | null;
  readonly keep: KeepBody;
  readonly now: () => Date;
  /** For one request with its body; 10 s where absent. */
  readonly timeoutMs?: number;
  readonly pace?: Partial<Pace>;
  /** Told of every problem, without anything secret. */
  readonly log?: (event: string, fields: Readonly<Record<string, unknown>>) => void;
}

interface WantedSeries extends DayWindow {
  readonly code: BcbCode;
}

export interface FoundSeries {
  readonly code: BcbCode;
  /** Oldest first, each day once. */
  readonly points: readonly SeriesPoint[];
}

export interface BcbSource {
  /**
   * The published points of each window, both ends included: CDI and SELIC in percent a day, IPCA and IGPM in percent
   * a month (dated on its first day), exchange rates as PTAX's closing sale rate in reais. A window without points yet
   * is no problem. After a failure a series has the points before it, so that it never has a hole in the middle.
   * Rejects only with what `keep` rejects with; throws RangeError for a window that has no days.
   */
  series(wanted: readonly WantedSeries[]): Promise<Fetched<FoundSeries>>;
  /** Requests sent so far, repetitions included. */
  sent(): number;
}

/**
 * The series of the Banco Central do Brasil.
 *
 * @example
 * const bcb = createBcb({ origin: null, keep, now: () => new Date() });
 * const { found, problems } = await bcb.series([{ code: "CDI", from: "2026-01-01", to: "2026-01-31" }]);
 */
export function createBcb(options: BcbOptions): BcbSource {
  const { keep, now, timeoutMs = 10_000 } = options;
  const pace = { ...DEFAULT_PACE, ...options.pace };
  // Each host has its own pace and circuit: SGS often fails where Olinda works.
  const callers = {
    sgs: createCaller({ origin: options.origin ?? SGS_HOST, keep, now, timeoutMs, pace }),
    ptax: createCaller({ origin: options.origin ?? PTAX_HOST, keep, now, timeoutMs, pace }),
  };
  return {
    sent: () => callers.sgs.sent() + callers.ptax.sent(),
    async series(wanted) {
      const found: FoundSeries[] = [];
      const problems: SourceProblem[] = [];
      for (const { code, ...window } of wanted) {
        const series = BCB_SERIES[code];
        const { points, codes } = await collect(callers[series.service], series, window, dayIn(now()));
        if (points.length > 0 || codes.length === 0) found.push({ code, points });
        for (const problem of codes) {
          problems.push({ source: "bcb", subject: code, code: problem });
          options.log?.("bcb.problem", { series: code, problem, ...window });
        }
      }
      return { found, problems };
    },
  };
}

interface Collected {
  readonly points: readonly SeriesPoint[];
  /** Each problem once. */
  readonly codes: readonly ProblemCode[];
}

async function collect(
  caller: Caller,
  series: BcbSeries,
  window: DayWindow,
  today: IsoDay,
): Promise<Collected> {
  const points: SeriesPoint[] = [];
  const codes = new Set<ProblemCode>();
  for (const piece of splitWindow(window, series.service === "sgs" ? SGS_YEARS_MAX : PTAX_YEARS_MAX)) {
    const answer = await askPiece(caller, series, piece, today);
    if (typeof answer === "string") {
      codes.add(answer);
      break;
    }
    points.push(...answer.points);
    for (const code of answer.refused) codes.add(code);
  }
  if (points.length === 0 && codes.size === 0 && shouldHavePoints(series, window, today))
    codes.add("no_answer");
  return { points, codes: [...codes] };
}

/** The points of one piece, or why there are none. */
async function askPiece(
  caller: Caller,
  series: BcbSeries,
  window: DayWindow,
  today: IsoDay,
): Promise<CheckedPoints | ProblemCode> {
  const answer =
    series.service === "sgs"
      ? await caller.call(sgsPath(series.number, window), `sgs-${series.number}`)
      : await caller.call(ptaxPath(series.currency, window), `ptax-${series.currency}`);
  if (answer.status === null) return answer.code;
  const stated: StatedPoints =
    series.service === "sgs"
      ? readSgs(answer.status, answer.body)
      : readPtax(answer.status, answer.body, today);
  return stated === null ? "unreadable" : checkPoints(stated, { window, today, rules: series.rules });
}

/** Olinda answers an unknown currency with an empty list, as it does for a day that has no closing rate yet. */
function shouldHavePoints(series: BcbSeries, window: DayWindow, today: IsoDay): boolean {
  const to = window.to < today ? window.to : addDays(today, -1);
  return series.service === "ptax" && dayNumber(to) - dayNumber(window.from) >= SILENT_DAYS_MAX;
}
