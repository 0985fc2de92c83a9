import type { Clock, Database } from "./tables.ts";

/** Why one thing has no new price, as the last try found it. */
interface MarketProblem {
  readonly source: string;
  /** Symbol or series. */
  readonly subject: string;
  readonly code: string;
}

export interface OpenProblem extends MarketProblem {
  /** When it was first found so, UTC. */
  readonly since: string;
}

/** What the last tries to get prices came to. */
export interface MarketLog {
  /**
   * Notes what a try found: of everything `asked`, what is not among the `problems` has none any more. A problem that was there
   * before keeps the time since when.
   */
  note(
    asked: readonly { readonly source: string; readonly subject: string }[],
    problems: readonly MarketProblem[],
  ): Promise<void>;
  /** The longest standing first. */
  problems(): Promise<readonly OpenProblem[]>;
  /** When a kind of run last succeeded, UTC; null before the first. */
  lastRun(name: string): Promise<Date | null>;
  noteRun(name: string): Promise<void>;
}

export function createMarketLog(db: Database, now: Clock): MarketLog {
  return {
    async note(asked, problems) {
      const sinceMs = now().getTime();
      await db.transaction().execute(async (trx) => {
        for (const { source, subject } of asked) {
          if (problems.some((one) => one.source === source && one.subject === subject)) continue;
          await trx
            .deleteFrom("market_problems")
            .where("source", "=", source)
            .where("subject", "=", subject)
            .execute();
        }
        for (const { source, subject, code } of problems) {
          await trx
            .insertInto("market_problems")
            .values({ source, subject, code, since_ms: sinceMs })
            .onConflict((conflict) => conflict.columns(["source", "subject"]).doUpdateSet({ code }))
            .execute();
        }
      });
    },
    async problems() {
      const rows = await db
        .selectFrom("market_problems")
        .selectAll()
        .orderBy("since_ms")
        .orderBy("source")
        .orderBy("subject")
        .execute();
      return rows.map(({ source, subject, code, since_ms }) => ({
        source,
        subject,
        code,
        since: new Date(Number(since_ms)).toISOString(),
      }));
    },
    async lastRun(name) {
      const row = await db
        .selectFrom("market_runs")
        .select("at_ms")
        .where("name", "=", name)
        .executeTakeFirst();
      return row === undefined ? null : new Date(Number(row.at_ms));
    },
    async noteRun(name) {
      const run = { at_ms: now().getTime() };
      await db
        .insertInto("market_runs")
        .values({ name, ...run })
        .onConflict((conflict) => conflict.column("name").doUpdateSet(run))
        .execute();
    },
  };
}
