import type { PlanNotice } from "../../../reports/alerts/alerts.ts";
import { PERSON_PREFIX } from "../../access/channel-user.ts";
import type { AlertNotice, NewDelivery, State, Target } from "../../state/index.ts";

export const ALERT_KIND = "alert";

/** An alert of the morning is of no use the next day. */
const WORTH_MS = 12 * 3_600_000;

interface PlanDeps {
  readonly state: Pick<State, "deliveries" | "people">;
  /** Whether this service speaks to a channel. */
  readonly reaches: (channel: Target["channel"]) => boolean;
  /** Of those who have not chosen one. */
  readonly language: "pt" | "en";
}

/**
 * Hands notices of alerts to deliveries. A notice is handed on again after a crash, and then finds its row there. It goes to one
 * place, so that nobody reads it twice: of a person's users the first in a channel that this service speaks to.
 */
export function planAlerts({ state, reaches, language }: PlanDeps): PlanNotice {
  return async (notice) => {
    const person = notice.owner.startsWith(PERSON_PREFIX)
      ? await state.people.find(notice.owner.slice(PERSON_PREFIX.length))
      : null;
    const targets = person === null ? [targetOf(notice.owner)] : person.links.map(targetOf);
    const target = targets.find(({ channel }) => reaches(channel)) ?? targets[0] ?? null;
    await state.deliveries.add([rowOf(notice, target, person?.language ?? language)]);
  };
}

function targetOf(who: string): Target {
  const channel = who.startsWith("slack:") ? "slack" : who.startsWith("teams:") ? "teams" : "console";
  return { channel, who, place: null };
}

function rowOf(notice: AlertNotice, target: Target | null, language: "pt" | "en"): NewDelivery {
  const { id, owner, payload, createdAt } = notice;
  return {
    key: JSON.stringify([ALERT_KIND, id]),
    kind: ALERT_KIND,
    subscriptionId: null,
    owner,
    target: target ?? targetOf(owner),
    language,
    slot: createdAt,
    expiresAt: new Date(Date.parse(createdAt) + WORTH_MS).toISOString(),
    payload,
    state: target === null ? "skipped" : "planned",
    // A person without a user in any channel has an alert from the time when they had one.
    reason: target === null ? "nowhere" : null,
  };
}
