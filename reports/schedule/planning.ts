import { CalendarError } from "../../src/market/calendar.ts";
import type { NewDelivery, Subscription, Subscriptions, Target } from "../../src/state/index.ts";
import { readSchedule, type Schedule } from "./schedule.ts";
import { type Slot, type SlotRules, slotsBetween } from "./slots.ts";

export interface PlanRules extends SlotRules {
  /** How late something may still be sent. */
  readonly windowMs: number;
}

/** What became of a slot when it was found: to be sent until an instant, or not any more. */
interface PlannedSlot {
  readonly slot: Slot;
  readonly expiresAt: Date;
  readonly skipped: "superseded" | "too_late" | null;
}

/**
 * Every slot after an instant and up to another one, with what is to become of it: of several that were missed only the
 * latest is sent, and only while it is worth something. Throws CalendarError.
 */
export function planSlots(
  schedule: Schedule,
  span: { readonly after: Date; readonly until: Date },
  rules: PlanRules,
): readonly PlannedSlot[] {
  const slots = slotsBetween(schedule, span, rules);
  return slots.map((slot, at) => {
    const latest = at === slots.length - 1;
    const expiresAt = expiryOf(slot, rules);
    const late = expiresAt <= span.until;
    return { slot, expiresAt, skipped: late ? "too_late" : latest ? null : "superseded" };
  });
}

function expiryOf({ at, worthUntil }: Slot, { windowMs }: PlanRules): Date {
  const windowEnd = new Date(at.getTime() + windowMs);
  return worthUntil !== null && worthUntil < windowEnd ? worthUntil : windowEnd;
}

export interface PlanningDeps {
  readonly subscriptions: Pick<Subscriptions, "list" | "plan">;
  readonly rules: PlanRules;
  readonly now: () => Date;
}

/** What a look came to. A schedule with a problem is not planned, and made up for once the problem is mended. */
export interface PlanningReport {
  readonly planned: number;
  readonly skipped: number;
  readonly problems: readonly {
    readonly subscription: string;
    readonly code: "calendar_ended" | "unreadable";
  }[];
}

/** Without a slot, that there was none is kept only this often: the look goes back no further than to what is kept. */
const KEEP_EVERY_MS = 3_600_000;

/** Makes a row of every slot since the last look: whatever came in between, none is lost and none is made twice. */
export async function planDue({ subscriptions, rules, now }: PlanningDeps): Promise<PlanningReport> {
  const until = now();
  let [planned, skipped] = [0, 0];
  const problems: PlanningReport["problems"][number][] = [];
  for (const subscription of await subscriptions.list()) {
    if (subscription.pausedAt !== null) continue;
    const after = new Date(subscription.plannedThrough);
    const found = slotsOf(subscription, { after, until }, rules);
    if (typeof found === "string") {
      problems.push({ subscription: subscription.id, code: found });
      continue;
    }
    if (found.length === 0 && until.getTime() - after.getTime() < KEEP_EVERY_MS) continue;
    const rows = found.map((one) => rowOf(subscription, one));
    const kept = await subscriptions.plan(subscription, until, rows);
    if (kept === null) continue;
    skipped += rows.filter(({ state }) => state === "skipped").length;
    planned += rows.filter(({ state }) => state === "planned").length;
  }
  return { planned, skipped, problems };
}

function slotsOf(
  subscription: Subscription,
  span: { readonly after: Date; readonly until: Date },
  rules: PlanRules,
): readonly PlannedSlot[] | "calendar_ended" | "unreadable" {
  const schedule = readSchedule(subscription.schedule);
  if (schedule === null) return "unreadable";
  try {
    return planSlots(schedule, span, rules);
  } catch (error) {
    if (error instanceof CalendarError) return "calendar_ended";
    throw error;
  }
}

function rowOf(subscription: Subscription, { slot, expiresAt, skipped }: PlannedSlot): NewDelivery {
  const { id, owner, kind, target, language, options } = subscription;
  return {
    key: deliveryKey({ kind, subject: id, slot: slot.id, target }),
    ...{ kind, subscriptionId: id, owner, target, language },
    slot: slot.at.toISOString(),
    expiresAt: expiresAt.toISOString(),
    payload: { time: slot.time, options },
    state: skipped === null ? "planned" : "skipped",
    reason: skipped,
  };
}

/**
 * What makes a delivery one and the same: what of (a subscription, or what else plans), which time of it, to whom, and
 * which part where it is sent in several. The recipient is in it, so that none is taken for another.
 */
export function deliveryKey(of: {
  readonly kind: string;
  readonly subject: string;
  readonly slot: string;
  readonly target: Target;
  readonly part?: string;
}): string {
  const { channel, who, place } = of.target;
  return JSON.stringify([of.kind, of.subject, of.slot, channel, who, place, of.part ?? "all"]);
}
