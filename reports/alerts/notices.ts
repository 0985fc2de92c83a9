import { randomUUID } from "node:crypto";
import type { Asker } from "../../src/access/access.ts";
import { dayIn } from "../../src/money/day.ts";
import type { AlertFiring, AlertNotice, AlertRule, State } from "../../src/state/index.ts";
import { isQuiet } from "./clock.ts";
import { standingOf } from "./step.ts";

export interface NoticeDeps {
  readonly state: Pick<State, "alertRules" | "alerts">;
  again(owner: string): Promise<Asker | null>;
  /** Notices that are not urgent, for each owner. */
  readonly maxPerHour: number;
}

/**
 * Takes a notice on to be delivered. Called again with the same notice where the service died meanwhile: its id is the key
 * that makes one delivery of both.
 */
export type PlanNotice = (notice: AlertNotice) => Promise<void>;

export interface Noticed {
  readonly notices: number;
  /** Firings that nobody is told of, for the reason that is kept with them. */
  readonly dropped: number;
}

/** Why a firing is told to nobody. */
type Dropped = "access_gone" | "rule_deleted" | "out_of_scope" | "no_longer_true" | "too_late";

const HOUR_MS = 3_600_000;
/** Beyond a long weekend's quiet hours nobody wants to hear of it. */
const TOLD_WITHIN_MS = 4 * 24 * HOUR_MS;
/** What was told is kept for the list of a rule's firings. */
const KEPT_MS = 90 * 24 * HOUR_MS;

/**
 * Groups what fired and was not told yet into one notice an owner, and hands each on. In quiet hours, while a rule is snoozed and
 * beyond the hour's maximum firings wait; urgent ones wait for nothing but a snooze.
 */
export async function planNotices(deps: NoticeDeps, now: Date, plan: PlanNotice): Promise<Noticed> {
  const { alerts } = deps.state;
  const firings = await alerts.open();
  const made = await alerts.countSince(new Date(now.getTime() - HOUR_MS).toISOString());
  let dropped = 0;
  if (firings.length > 0) {
    const rules = new Map((await deps.state.alertRules.list()).map((rule) => [rule.id, rule]));
    const active = await activeSubjects(deps, now);
    for (const [owner, own] of Map.groupBy(firings, (firing) => firing.owner)) {
      const asker = await deps.again(owner);
      const sorted = sortOut(own, { asker, rules, active, now });
      for (const [reason, ids] of sorted.dropped) await alerts.drop(ids, reason);
      dropped += own.length - sorted.ready.length - sorted.waiting;
      await noticesOf(deps, owner, sorted.ready, { made: made.get(owner) ?? 0, now });
    }
  }
  await alerts.prune(new Date(now.getTime() - KEPT_MS).toISOString());
  return { notices: await handOn(deps, plan), dropped };
}

/** Of recorded notices none is lost: those of a service that died are handed on by the next one. */
async function handOn({ state }: NoticeDeps, plan: PlanNotice): Promise<number> {
  const waiting = await state.alerts.waiting();
  for (const notice of waiting) {
    await plan(notice);
    await state.alerts.handed(notice.id);
  }
  return waiting.length;
}

interface Sorting {
  readonly asker: Asker | null;
  readonly rules: ReadonlyMap<string, AlertRule>;
  readonly active: ReadonlySet<string>;
  readonly now: Date;
}

interface Sorted {
  readonly ready: readonly AlertFiring[];
  readonly waiting: number;
  readonly dropped: ReadonlyMap<Dropped, readonly string[]>;
}

function sortOut(firings: readonly AlertFiring[], sorting: Sorting): Sorted {
  const fates = firings.map((firing) => ({ firing, fate: fateOf(firing, sorting) }));
  const dropped = new Map<Dropped, string[]>();
  for (const { firing, fate } of fates) {
    if (fate === "ready" || fate === "waits") continue;
    dropped.set(fate, [...(dropped.get(fate) ?? []), firing.id]);
  }
  return {
    ready: fates.flatMap(({ firing, fate }) => (fate === "ready" ? [firing] : [])),
    waiting: fates.filter(({ fate }) => fate === "waits").length,
    dropped,
  };
}

function fateOf(firing: AlertFiring, { asker, rules, active, now }: Sorting): "ready" | "waits" | Dropped {
  if (asker === null || asker.brokers.length === 0) return "access_gone";
  const rule = rules.get(firing.ruleId);
  if (rule === undefined) return "rule_deleted";
  const broker = brokerOf(firing);
  if (broker !== null && !asker.brokers.includes(broker)) return "out_of_scope";
  const until = rule.snoozedUntil;
  const slept = until !== null && firing.firedAt < until;
  if (!slept && now.getTime() - Date.parse(firing.firedAt) > TOLD_WITHIN_MS) return "too_late";
  if (until === null) return "ready";
  if (until > now.toISOString()) return "waits";
  return slept && !active.has(`${firing.ruleId} ${firing.subject}`) ? "no_longer_true" : "ready";
}

function brokerOf({ payload }: AlertFiring): string | null {
  if (typeof payload !== "object" || payload === null || !("broker" in payload)) return null;
  return typeof payload.broker === "string" ? payload.broker : null;
}

/** What still holds: above its limit, and of a move of the day only while it is that day. */
async function activeSubjects({ state }: NoticeDeps, now: Date): Promise<ReadonlySet<string>> {
  const today = dayIn(now);
  const states = await state.alerts.states();
  return new Set(
    states.flatMap(({ ruleId, subject, value }) => {
      const standing = standingOf(value);
      const holds = standing?.active === true && (standing.day === null || standing.day === today);
      return holds ? [`${ruleId} ${subject}`] : [];
    }),
  );
}

async function noticesOf(
  deps: NoticeDeps,
  owner: string,
  ready: readonly AlertFiring[],
  { made, now }: { readonly made: number; readonly now: Date },
): Promise<void> {
  const urgent = ready.filter((firing) => firing.urgent);
  const rest = ready.filter((firing) => !firing.urgent);
  if (urgent.length > 0) await claim(deps, owner, urgent, { urgent: true, heldBack: false, now });
  if (rest.length === 0 || made >= deps.maxPerHour) return;
  if (isQuiet(await deps.state.alertRules.quietHours(owner), now)) return;
  // What waited for the hour's maximum is summed up with what is new.
  const oldest = rest[0]?.firedAt ?? "";
  const heldBack = made + 1 >= deps.maxPerHour && Date.parse(oldest) < now.getTime() - HELD_MS;
  await claim(deps, owner, rest, { urgent: false, heldBack, now });
}

/** A firing that is older was not told at the first look after it. */
const HELD_MS = 5 * 60_000;

/** Where another service was faster, it tells what it claimed; the rest is tried again at the next look. */
async function claim(
  { state }: NoticeDeps,
  owner: string,
  firings: readonly AlertFiring[],
  about: { readonly urgent: boolean; readonly heldBack: boolean; readonly now: Date },
): Promise<void> {
  const { urgent, heldBack, now } = about;
  const ids = firings.map(({ id }) => id);
  const payload = { firings: ids, heldBack };
  const notice = { id: randomUUID(), owner, urgent, payload, createdAt: now.toISOString() };
  await state.alerts.claim(notice, ids);
}
