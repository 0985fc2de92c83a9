import type { Message, TableBlock } from "../../src/messages/message.ts";
import { messageOf, penOf } from "../../src/messages/page.ts";
import type { Deliveries, DeliveryRow, NewDelivery, Target } from "../../src/state/index.ts";
import { deliveryKey } from "../schedule/planning.ts";
import type { Composer } from "./ports.ts";
import { deliveryWords } from "./words.ts";

/** Telling the administrators what was given up, by the same way and with the same care as everything else. */

export const NOTICE_KIND = "notice";

/** Somebody who is told, and where. */
export interface AdminRecipient {
  readonly owner: string;
  readonly target: Target;
  readonly language: "pt" | "en";
}

const HOUR_MS = 3_600_000;
const LOOK_BACK_HOURS = 24;
const ROWS_MAX = 500;
const SHOWN_MAX = 20;

/**
 * Plans one notice an hour and administrator, of what was given up or needs somebody's look in each whole hour of the last
 * day. What an hour's notice is called keeps a second service, or a restart, from telling it again. How many were planned.
 */
export async function planNotices({ deliveries, admins, now }: NoticeDeps): Promise<number> {
  const thisHourMs = Math.floor(now().getTime() / HOUR_MS) * HOUR_MS;
  const rows = await deliveries.list(ROWS_MAX, {
    states: ["failed", "unknown"],
    changedSince: new Date(thisHourMs - LOOK_BACK_HOURS * HOUR_MS),
  });
  const told = rows.filter(needsTelling);
  const byHour = Map.groupBy(told, ({ updatedAt }) => Math.floor(Date.parse(updatedAt) / HOUR_MS) * HOUR_MS);
  byHour.delete(thisHourMs);
  if (byHour.size === 0) return 0;
  const recipients = await admins();
  const notices = [...byHour].flatMap(([hourMs, failures]) =>
    recipients.map((recipient) => noticeOf(recipient, { hourMs, failures, nowMs: now().getTime() })),
  );
  return (await deliveries.add(notices)).length;
}

export interface NoticeDeps {
  readonly deliveries: Pick<Deliveries, "list" | "add">;
  readonly admins: () => Promise<readonly AdminRecipient[]>;
  readonly now: () => Date;
}

/** A notice that failed is not told of by another one, and what was sent again is settled. */
function needsTelling({ kind, state, reason, nextTryAt }: DeliveryRow): boolean {
  if (kind === NOTICE_KIND) return false;
  return state === "failed" ? reason !== "resent" : nextTryAt === null;
}

interface Told {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly reason: string | null;
  readonly owner: string;
}

function noticeOf(
  { owner, target, language }: AdminRecipient,
  { hourMs, failures, nowMs }: { hourMs: number; failures: readonly DeliveryRow[]; nowMs: number },
): NewDelivery {
  const hour = new Date(hourMs).toISOString();
  const told: readonly Told[] = failures
    .slice(0, SHOWN_MAX)
    .map(({ id, kind, state, reason, owner: of }) => ({ id, kind, state, reason, owner: of }));
  return {
    key: deliveryKey({ kind: NOTICE_KIND, subject: "failures", slot: hour, target }),
    kind: NOTICE_KIND,
    subscriptionId: null,
    ...{ owner, target, language },
    slot: new Date(nowMs).toISOString(),
    expiresAt: null,
    payload: { hour, count: failures.length, told },
    state: "planned",
    reason: null,
  };
}

/** Composes those notices. Their payload was written by `planNotices`. */
export const noticeComposer: Composer = {
  sharedBy: () => null,
  compose: async ({ payload, language }) => {
    const { count, told } = payload as { readonly count: number; readonly told: readonly Told[] };
    return {
      messages: [noticeMessage(count, told, language)],
      record: { runId: null, asOf: null },
    };
  },
};

function noticeMessage(count: number, told: readonly Told[], language: "pt" | "en"): Message {
  const words = deliveryWords(language);
  const pen = penOf(language);
  const table: TableBlock = {
    kind: "table",
    columns: words.notice.columns.map((label) => ({ label, align: "left" })),
    rows: told.map(({ id, kind, owner, state, reason }) => [
      { text: id },
      { text: words.kind(kind) },
      { text: owner },
      { text: `${words.state(state)}: ${words.reason(reason ?? "")}` },
    ]),
    ...(count > told.length ? { more: pen.words.more(pen.format.count(count - told.length)) } : {}),
  };
  return messageOf(
    {
      headline: words.notice.headline(count),
      tone: "warning",
      blocks: [table, { kind: "text", text: words.notice.hint }],
    },
    [],
  );
}
