import { describe, expect, it } from "vitest";
import { DEFAULT_HOURS } from "../../src/market/hours.ts";
import { type DigestMoment, momentOf } from "./moment.ts";

/** Thursday 2026-11-19 is a session, from 13:00 to 21:00 UTC; Friday the 20th is a holiday. */
function told(moment: DigestMoment, now: string, at: string | null = null) {
  const { since, ...rest } = momentOf({
    moment,
    at: at === null ? null : new Date(at),
    now: new Date(now),
    hours: DEFAULT_HOURS,
  });
  return { ...rest, since: since.toISOString() };
}

describe("what a digest speaks of", () => {
  it("is the session before until the opening, since that one's close", () => {
    const morning = {
      day: "2026-11-19",
      session: true,
      part: "before",
      before: "2026-11-19",
      since: "2026-11-18T21:00:00.000Z",
    };
    expect(told("now", "2026-11-19T12:59:59Z")).toEqual(morning);
    expect(told("before_open", "2026-11-19T22:00:00Z")).toEqual(morning);
    expect(told("before_open", "2026-11-25T12:00:00Z", "2026-11-19T23:59:59Z")).toEqual(morning);
  });

  it("is today's session from then on, final after its close or in hindsight", () => {
    const evening = { day: "2026-11-19", before: null, since: "2026-11-19T13:00:00.000Z" };
    expect(told("now", "2026-11-19T13:00:00Z")).toMatchObject({ ...evening, part: "running" });
    expect(told("after_close", "2026-11-19T21:00:00Z")).toMatchObject({ ...evening, part: "after" });
    expect(told("now", "2026-11-25T12:00:00Z", "2026-11-19T15:00:00Z")).toMatchObject({
      ...evening,
      part: "after",
    });
  });

  it("knows a day without a session, by the clock of Brazil", () => {
    // 02:00 in Greenwich is still the evening before.
    expect(told("now", "2026-11-21T02:00:00Z")).toMatchObject({
      day: "2026-11-20",
      session: false,
      part: "after",
      before: null,
      since: "2026-11-19T21:00:00.000Z",
    });
  });
});
