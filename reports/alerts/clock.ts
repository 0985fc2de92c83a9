import { clockAt, instantAt } from "../../src/market/clock.ts";
import { type MarketHours, nextSessionAt } from "../../src/market/hours.ts";
import { addDays } from "../../src/money/day.ts";
import type { QuietHours } from "../../src/state/index.ts";

const ZONE = "America/Sao_Paulo";

/** Whether an owner wants to be left alone at an instant. From a time to the same time is the whole day. */
export function isQuiet(hours: QuietHours | null, now: Date): boolean {
  if (hours === null) return false;
  const time = clockAt(now, ZONE).time.slice(0, 5);
  const { from, to } = hours;
  return from < to ? from <= time && time < to : time >= from || time < to;
}

/** How long a rule is silenced. */
export type SnoozeFor =
  | { readonly kind: "minutes"; readonly minutes: number }
  | { readonly kind: "today" }
  | { readonly kind: "session" };

/** The end of a silence that begins now: midnight in São Paulo for today, B3's opening for the next session. */
export function snoozeEnd(span: SnoozeFor, now: Date, hours: MarketHours): Date {
  switch (span.kind) {
    case "minutes":
      return new Date(now.getTime() + span.minutes * 60_000);
    case "today":
      return instantAt({ day: addDays(clockAt(now, ZONE).day, 1), time: "00:00", zone: ZONE });
    case "session":
      return nextSessionAt(now, hours).opensAt;
  }
}
