import type { GoldFile, GoldManifest } from "../../src/contracts/gold.ts";
import { previousSession, sessionOnOrAfter, sessionsBetween } from "../../src/market/calendar.ts";
import { startOfMonth } from "../../src/money/day.ts";
import type { CurveBook } from "../../src/portfolio/curve-book.ts";
import { type Engine, quote } from "../engine.ts";
import type { Progress } from "../ports.ts";
import { buildDaily, type MonthFile } from "./daily.ts";
import { earlier, type Plan } from "./plan.ts";
import { makeSessions } from "./valuation.ts";

/** Files of portfolio_daily and curve_daily: months of the previous run that stay, and those written now. */
export interface MonthTables {
  readonly kept: readonly GoldFile[];
  readonly keptCurves: readonly GoldFile[];
  readonly written: readonly MonthFile[];
}

/**
 * Values again the clients and months that changed: dirty clients from the month of their first change, and all
 * clients from the first month whose prices differ or that is new.
 */
export async function writeDailyMonths(
  engine: Engine,
  options: {
    asOf: string | null;
    previous: GoldManifest | null;
    plan: Plan;
    runId: string;
    curves: CurveBook;
  },
  progress: Progress,
): Promise<MonthTables> {
  const { asOf, previous, plan } = options;
  if (asOf === null) return { kept: [], keptCurves: [], written: [] };
  // A last session that moved, forth or back, makes or takes away rows of every client.
  const moved = previous === null || previous.asOf === asOf ? null : earlier(previous.asOf, asOf);
  const everyoneFrom = earlier(plan.revalueFrom, moved);
  const start = await firstDayToValue(engine, everyoneFrom);
  const lastMonth = asOf.slice(0, 7);
  const monthsOf = (table: "portfolio_daily" | "curve_daily"): readonly GoldFile[] =>
    previous === null || plan.full
      ? []
      : previous.tables[table].filter(({ month }) => month !== undefined && month <= lastMonth);
  const old = monthsOf("portfolio_daily");
  const oldCurves = monthsOf("curve_daily");
  if (start === null || start > asOf) return { kept: old, keptCurves: oldCurves, written: [] };
  const first = sessionOnOrAfter(startOfMonth(start));
  const sessions = [previousSession(first), ...sessionsBetween(first, asOf)];
  await makeSessions(engine, sessions);
  await makeValued(engine, everyoneFrom);
  const written = await buildDaily(
    engine,
    sessions,
    { runId: options.runId, keepOld: old.length > 0, curves: options.curves },
    progress,
  );
  const replaced = new Set(written.map((file) => file.month));
  const stays = (file: GoldFile): boolean => !replaced.has(file.month ?? "");
  return { kept: old.filter(stays), keptCurves: oldCurves.filter(stays), written };
}

/** The earliest day that some client has to be valued from; null when there is none. */
async function firstDayToValue(engine: Engine, everyoneFrom: string | null): Promise<string | null> {
  const everyone = everyoneFrom === null ? "" : `union all select date ${quote(everyoneFrom)}`;
  const [row] = await engine.rows(`
    select cast(greatest(min(d.from_day), f.first_day) as varchar) as day
    from (select from_day from dirty union all select from_day from curve_dirty ${everyone}) d, (select min(valid_from) as first_day from n_position_spans) f
    where f.first_day is not null group by f.first_day`);
  const day = row?.["day"];
  return typeof day === "string" ? day : null;
}

/** Makes `valued`: each client with the first session to write, that of the month in which its first change lies. */
async function makeValued(engine: Engine, everyoneFrom: string | null): Promise<void> {
  const everyone =
    everyoneFrom === null ? "" : `union all select client_id, date ${quote(everyoneFrom)} from clients`;
  await engine.run(`
    create or replace table valued as
    select c.client_id, c.base_currency, c.controls_cash, greatest(s.session_no, 1) as from_no
    from (
      select client_id, date_trunc('month', min(from_day))::date as from_day
      from (select * from dirty union all select * from curve_dirty ${everyone}) where client_id in (select client_id from clients) group by 1
    ) d
    join clients c using (client_id)
    asof join sessions s on d.from_day <= s.session`);
}
