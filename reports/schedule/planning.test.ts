import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_HOURS } from "../../src/market/hours.ts";
import { openState } from "../../src/state/index.ts";
import { newPlace } from "../../src/state/places.testing.ts";
import { deliveryKey, type PlanRules, planDue, planSlots } from "./planning.ts";
import type { Schedule } from "./schedule.ts";

const HOUR_MS = 3_600_000;
const RULES: PlanRules = {
  hours: DEFAULT_HOURS,
  beforeOpenMs: HOUR_MS,
  afterCloseMs: 45 * 60_000,
  windowMs: 3 * HOUR_MS,
};
const daily = (...times: string[]): Schedule => ({ zone: "America/Sao_Paulo", days: "sessions", times });
const plan = (schedule: Schedule, after: string, until: string) =>
  planSlots(schedule, { after: new Date(after), until: new Date(until) }, RULES).map(
    ({ slot, skipped }) => `${slot.id}${skipped === null ? "" : ` ${skipped}`}`,
  );

describe("what was missed", () => {
  it("is sent in its latest part only, while that is within the window", () => {
    const two = daily("08:30", "10:00");
    expect(plan(two, "2026-11-23T12:00:00Z", "2026-11-24T13:30:00Z")).toEqual([
      "2026-11-23 10:00 too_late",
      "2026-11-24 08:30 superseded",
      "2026-11-24 10:00",
    ]);
    expect(plan(two, "2026-11-24T12:00:00Z", "2026-11-24T16:00:00Z")).toEqual(["2026-11-24 10:00 too_late"]);
  });

  it("of before the session is worth nothing once it has opened", () => {
    const early = daily("before_open");
    expect(plan(early, "2026-11-23T22:00:00Z", "2026-11-24T12:59:59Z")).toEqual(["2026-11-24 before_open"]);
    expect(plan(early, "2026-11-23T22:00:00Z", "2026-11-24T13:00:00Z")).toEqual([
      "2026-11-24 before_open too_late",
    ]);
  });

  it("is found whole and once, in however many looks", () => {
    const looks = fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 20 });
    const schedule = daily("before_open", "after_close", "12:15");
    fc.assert(
      fc.property(looks, (minutes) => {
        let at = Date.parse("2026-02-01T00:00:00Z");
        const found: string[] = [];
        for (const some of minutes) {
          const until = at + some * 60_000;
          found.push(
            ...planSlots(schedule, { after: new Date(at), until: new Date(until) }, RULES).map(
              ({ slot }) => slot.id,
            ),
          );
          at = until;
        }
        const whole = planSlots(
          schedule,
          { after: new Date("2026-02-01T00:00:00Z"), until: new Date(at) },
          RULES,
        );
        expect(found).toEqual(whole.map(({ slot }) => slot.id));
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});

describe("looking at all schedules", () => {
  it("makes each slot a row once, leaves paused ones alone, and tells of those it cannot plan", async () => {
    const kept = await newPlace();
    let nowMs = Date.parse("2026-11-25T11:00:00Z");
    const now = () => new Date(nowMs);
    const state = await openState(kept.place, now);
    const { subscriptions, deliveries } = state;
    const put = (who: string, schedule: unknown) =>
      subscriptions.put({
        owner: who,
        kind: "digest",
        target: { channel: "console", who, place: null },
        schedule,
        language: "pt",
        options: { sections: "all" },
      });
    await put("b1", daily("08:30"));
    const paused = await put("b2", daily("08:30"));
    await subscriptions.pause(paused.id);
    const broken = await put("b3", { zone: "Nowhere" });
    nowMs += HOUR_MS;
    // As stale as a second service's look would be: what it read is not there any more.
    const stale = await subscriptions.list();
    const look = () => planDue({ subscriptions, rules: RULES, now });
    expect(await look()).toEqual({
      planned: 1,
      skipped: 0,
      problems: [{ subscription: broken.id, code: "unreadable" }],
    });
    expect(await look()).toMatchObject({ planned: 0 });
    expect(
      await planDue({ subscriptions: { ...subscriptions, list: async () => stale }, rules: RULES, now }),
    ).toMatchObject({ planned: 0 });
    expect(await deliveries.list(10)).toMatchObject([
      {
        owner: "b1",
        slot: "2026-11-25T11:30:00.000Z",
        expiresAt: "2026-11-25T14:30:00.000Z",
        payload: { time: "08:30", options: { sections: "all" } },
      },
    ]);
    // A pause is not made up for.
    await subscriptions.resume(paused.id);
    expect(await look()).toMatchObject({ planned: 0, skipped: 0 });
    nowMs = Date.parse("2028-01-03T12:00:00Z");
    const { problems } = await look();
    expect(problems.map(({ code }) => code).sort()).toEqual([
      "calendar_ended",
      "calendar_ended",
      "unreadable",
    ]);
    await state.close();
    await kept.remove();
  });
});

describe("a key", () => {
  it("tells every recipient, time and part apart, whatever their names hold", () => {
    const text = fc.string({ maxLength: 6 });
    const of = fc.record({
      kind: text,
      subject: text,
      slot: text,
      part: text,
      target: fc.record({
        channel: fc.constantFrom("slack" as const, "teams" as const),
        who: text,
        place: fc.option(text),
      }),
    });
    fc.assert(
      fc.property(of, of, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(deliveryKey(one) === deliveryKey(other)).toBe(same);
      }),
      { numRuns: 300, seed: 2 },
    );
  });
});
