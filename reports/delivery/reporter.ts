import { schedule as tick } from "node-cron";
import { type PlanningDeps, type PlanningReport, planDue } from "../schedule/planning.ts";
import { type NoticeDeps, planNotices } from "./notice.ts";
import { deliverDue, ROWS_OF_A_ROUND, type WorkerDeps } from "./worker.ts";

export interface ReporterDeps {
  readonly planning: PlanningDeps;
  readonly worker: WorkerDeps;
  readonly notices: NoticeDeps;
  /** Called after each look at the schedules, at most once a minute. */
  readonly looked?: (report: PlanningReport) => Promise<void>;
}

export interface Reporter {
  /** One look: plans what has become due, and sends what is. Resolves when that is over. */
  look(): Promise<void>;
  /** Looks from now on whenever it is time to; what one look leaves or misses the next one finds. */
  start(): void;
  /** Begins nothing more, and resolves when what is under way is over. */
  stop(): Promise<void>;
}

/** Ticks are only a reason to look: what is due is what the state says, so a tick that is missed or comes twice is harmless. */
const EVERY_FIVE_SECONDS = "*/5 * * * * *";
const PLAN_EVERY_MS = 60_000;

const QUIET = { info() {}, warn() {}, error() {}, debug() {} };

export function createReporter(deps: ReporterDeps): Reporter {
  const stopping = new AbortController();
  const { now, failed } = deps.worker;
  let running: Promise<void> | null = null;
  let plannedAtMs = Number.NEGATIVE_INFINITY;
  let ticking: ReturnType<typeof tick> | null = null;

  async function plan(): Promise<void> {
    const atMs = now().getTime();
    // Slots are on whole minutes: one look a minute finds each at its time.
    if (Math.floor(atMs / PLAN_EVERY_MS) === Math.floor(plannedAtMs / PLAN_EVERY_MS)) return;
    const report = await planDue(deps.planning);
    plannedAtMs = atMs;
    await planNotices(deps.notices);
    await deps.looked?.(report);
  }

  async function lookOnce(): Promise<void> {
    let taken: number;
    do {
      // What is planned already goes out, also where planning fails.
      await plan().catch((error: unknown) => failed("schedules_not_planned", error));
      taken = await deliverDue(deps.worker, stopping.signal).catch((error: unknown) => {
        failed("deliveries_not_sent", error);
        return 0;
      });
    } while (taken >= ROWS_OF_A_ROUND);
  }

  function look(): Promise<void> {
    running ??= lookOnce().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    look,
    start() {
      const options = { noOverlap: true, logger: QUIET, suppressMissedWarning: true };
      ticking ??= tick(EVERY_FIVE_SECONDS, look, options);
    },
    async stop() {
      stopping.abort();
      await ticking?.destroy();
      await running;
    },
  };
}
