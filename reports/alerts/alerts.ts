import { type ComposeDeps, type ComposedNotice, composeNotice } from "./compose.ts";
import { type FiredQuery, firedLately } from "./for-digest.ts";
import { type LookDeps, type Looked, lookForAlerts } from "./look.ts";
import { type NoticeDeps, type Noticed, type PlanNotice, planNotices } from "./notices.ts";
import { type AlertOrder, createAlertOrder, type OrderDeps } from "./order.ts";

export type AlertDeps = LookDeps & Omit<NoticeDeps, "state"> & ComposeDeps & OrderDeps;

export type { PlanNotice } from "./notices.ts";

/** Alerts: told in chat, judged after each refresh of prices, told again in notices. */
export interface Alerts {
  /** What people tell in chat, for conversation's list of orders. */
  readonly order: AlertOrder;
  /** Judges every rule by the data of this moment, and records what fires. */
  lookForAlerts(now: Date): Promise<Looked>;
  /** Groups what fired into notices and hands each to the port. */
  notices(now: Date, plan: PlanNotice): Promise<Noticed>;
  /** Puts a notice's payload in words, for the asker of the moment at which it is sent. */
  compose(
    payload: unknown,
    asker: Parameters<typeof composeNotice>[2],
    language?: Parameters<typeof composeNotice>[3],
  ): Promise<ComposedNotice>;
  /** What fired lately, for an owner's digest. */
  firedLately(query: FiredQuery): ReturnType<typeof firedLately>;
}

/** Composes alerts over state, answers and access. */
export function createAlerts(deps: AlertDeps): Alerts {
  return {
    order: createAlertOrder(deps),
    lookForAlerts: (now) => lookForAlerts(deps, now),
    notices: (now, plan) => planNotices(deps, now, plan),
    compose: (payload, asker, language) => composeNotice(deps, payload, asker, language),
    firedLately: (query) => firedLately(deps, query),
  };
}
