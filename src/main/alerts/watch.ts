import { setTimeout as sleep } from "node:timers/promises";
import type { Alerts, PlanNotice } from "../../../reports/alerts/alerts.ts";
import { GOLD_POINTER, QUOTES_POINTER } from "../../contracts/gold.ts";
import { codeAmong, type Logger, reportFailure } from "../../conversation/failure.ts";
import type { Store } from "../store.ts";

export interface AlertWatchDeps {
  readonly store: Pick<Store, "lake" | "state">;
  readonly alerts: Pick<Alerts, "lookForAlerts" | "notices">;
  /** Where notices go; null while nothing delivers them, and then what fires waits. */
  readonly plan: PlanNotice | null;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly everyMs?: number;
}

const ALERTS_LEASE = "alerts";
/** Prices change once a minute at the most. */
const EVERY_MS = 15_000;
/** Prices grow stale by themselves, and days begin: rules are judged this often although nothing was published. */
const AT_LEAST_EVERY_MS = 5 * 60_000;

/**
 * Judges alerts whenever a book, quotes or a rule is new, and hands on what is to be told. Of two services on one state one does so
 * at a time; were it two, the state's conditional writes would keep each firing one. Resolves when `stop` aborts.
 */
export async function watchAlerts(deps: AlertWatchDeps, stop: AbortSignal): Promise<void> {
  const everyMs = deps.everyMs ?? EVERY_MS;
  let seen: Seen | null = null;
  while (!stop.aborted) {
    try {
      seen = await deps.store.state.withLease(ALERTS_LEASE, () => lookOnce(deps, seen), { waitMs: 0 });
    } catch (error) {
      const busy = codeAmong(error, ["busy"]) !== null;
      if (!stop.aborted && !busy) reportFailure(deps.logger, "alerts_not_judged", error);
    }
    await sleep(everyMs, undefined, { signal: stop }).catch(() => undefined);
  }
}

/** What rules were last judged by, and when. */
interface Seen {
  readonly version: string;
  readonly atMs: number;
}

/** Judges the rules if there is something new, and plans the notices that are due. */
async function lookOnce(deps: AlertWatchDeps, seen: Seen | null): Promise<Seen> {
  const { store, alerts, now, plan } = deps;
  const version = await versionOf(store);
  const atMs = now().getTime();
  const due = seen === null || seen.version !== version || atMs - seen.atMs >= AT_LEAST_EVERY_MS;
  if (due) await alerts.lookForAlerts(now());
  if (plan !== null) await alerts.notices(now(), plan);
  return due ? { version, atMs } : seen;
}

async function versionOf({ lake, state }: AlertWatchDeps["store"]): Promise<string> {
  const [gold, quotes, rules] = await Promise.all([
    lake.readPointer(GOLD_POINTER),
    lake.readPointer(QUOTES_POINTER),
    state.alertRules.list(),
  ]);
  return [
    gold?.content,
    quotes?.content,
    rules.length,
    rules
      .map(({ createdAt }) => createdAt)
      .sort()
      .at(-1),
  ].join(" ");
}
