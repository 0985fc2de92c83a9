import { isSession, previousSession } from "../../src/market/calendar.ts";
import { type MarketHours, sessionOf } from "../../src/market/hours.ts";
import { dayIn, type IsoDay } from "../../src/money/day.ts";

/** Which part of the day a digest is for; `now` is whichever it is. */
export type DigestMoment = "before_open" | "after_close" | "now";

/** What a digest speaks of. */
export interface Told {
  /** The digest's own day in Brazil. */
  readonly day: IsoDay;
  /** Whether B3 holds a session on it. */
  readonly session: boolean;
  /** `running`: the session is not over, so that its figures are not final. */
  readonly part: "before" | "running" | "after";
  /** For a morning, its own day, before which the figures are; null otherwise. */
  readonly before: IsoDay | null;
  /** When the digest before this one was due: a session's close for a morning, its opening for an evening. */
  readonly since: Date;
}

/** Throws CalendarError for a day that the calendar does not cover. */
export function momentOf(asked: {
  readonly moment: DigestMoment;
  readonly at: Date | null;
  readonly now: Date;
  readonly hours: MarketHours;
}): Told {
  const { moment, at, hours } = asked;
  const instant = at ?? asked.now;
  const day = dayIn(instant);
  const session = sessionOf(day, hours);
  const early = session !== null && instant < session.opensAt;
  const before = moment === "before_open" || (moment === "now" && early);
  const running = at === null && session !== null && instant >= session.opensAt && instant < session.closesAt;
  const last = sessionOf(previousSession(day), hours);
  const since = before ? last?.closesAt : (session?.opensAt ?? last?.closesAt);
  return {
    day,
    session: isSession(day),
    part: before ? "before" : running ? "running" : "after",
    before: before ? day : null,
    since: since ?? instant,
  };
}
