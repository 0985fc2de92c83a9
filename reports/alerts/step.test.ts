import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal } from "../../src/money/decimal.ts";
import { over, type Seen, type Standing, standingOf, step } from "./step.ts";

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 19, 13, minute)).toISOString();
const d = Decimal.parse;

function seen(measure: string | null, more: Partial<Seen> = {}): Seen {
  return {
    measure: measure === null ? null : d(measure),
    limit: d("5"),
    clear: d("4"),
    once: "day",
    day: "2026-11-19",
    ...more,
  };
}

/** Feeds measures one a minute through the state as it is kept, and says at which of them it fired. */
function firings(measures: readonly (string | null)[], more: Partial<Seen> = {}): readonly number[] {
  let standing: Standing | null = null;
  const fired: number[] = [];
  for (const [minute, measure] of measures.entries()) {
    const taken = step(standing, seen(measure, more), at(minute));
    if (taken?.fires === true) fired.push(minute);
    if (taken !== null) standing = standingOf(JSON.parse(JSON.stringify(taken.standing)));
  }
  return fired;
}

describe("a move of the day", () => {
  it("fires beyond its threshold, not at it, once a day, and again where it doubles", () => {
    expect(firings(["4.9", "5", "5.1", "5.4", "3", "5.2", "9", "10.2", "19", "20.4"])).toEqual([2, 7, 9]);
  });

  it("fires again the next day, whatever was told the day before", () => {
    const first = step(null, seen("6"), at(0));
    const next = step(first?.standing ?? null, seen("5.5", { day: "2026-11-20" }), at(9));
    expect([first?.fires, next?.fires, next?.doubled]).toEqual([true, true, false]);
  });

  it("says since when it holds: from when it came above, also where it has doubled since", () => {
    const first = step(null, seen("6"), at(0));
    const twice = step(first?.standing ?? null, seen("12"), at(7));
    expect(twice).toMatchObject({ doubled: true, standing: { since: at(0) } });
  });
});

describe("what lasts", () => {
  const lasting = { once: "episode", day: null } as const;
  it("fires again only after it has come down to where it clears", () => {
    expect(firings(["5.1", "4.9", "5.2", "4.1", "5.3", "4", "5.1"], lasting)).toEqual([0, 6]);
    expect(firings(["5.1", "12", "30"], lasting)).toEqual([0]);
  });

  it("that happens once is told once", () => {
    expect(firings(["6", "1", "6"], { once: "ever", day: null })).toEqual([0]);
  });

  it("is over where it is seen no more, once", () => {
    const standing = step(null, seen("6", lasting), at(0))?.standing;
    if (standing === undefined) throw new Error("it fired");
    const ended = over(standing);
    expect(ended).toMatchObject({ fires: false, standing: { active: false } });
    expect(ended === null ? null : over(ended.standing)).toBeNull();
  });
});

describe("what is not known", () => {
  it("neither fires nor clears: it is not zero", () => {
    expect(firings(["6", null, "6"], { once: "episode", day: null })).toEqual([0]);
    expect(step(null, seen(null), at(0))).toBeNull();
  });
});

describe("properties", () => {
  const measure = fc.integer({ min: -2_000, max: 2_000 }).map((n) => new Decimal(BigInt(n), 2));
  const once = fc.constantFrom("day" as const, "episode" as const);

  it("a value that stays between the two thresholds after firing never fires again", () => {
    const band = fc.integer({ min: 401, max: 900 }).map((n) => new Decimal(BigInt(n), 2).toString());
    fc.assert(
      fc.property(fc.array(band, { maxLength: 60 }), once, (measures, kind) => {
        expect(firings(["5.01", ...measures], { once: kind })).toEqual([0]);
      }),
    );
  });

  it("fires only beyond the limit, at least the first time that it is beyond, and never twice in a row without reason", () => {
    fc.assert(
      fc.property(fc.array(measure, { maxLength: 80 }), once, (measures, kind) => {
        const texts = measures.map(String);
        const fired = firings(texts, { once: kind });
        const beyond = measures.flatMap((one, minute) => (one.compare(d("5")) > 0 ? [minute] : []));
        expect(fired.every((minute) => beyond.includes(minute))).toBe(true);
        expect(fired[0]).toBe(beyond[0]);
        for (const [place, minute] of fired.entries()) {
          const before = fired[place - 1];
          if (before === undefined) continue;
          const between = measures.slice(before + 1, minute);
          const [now, then] = [measures[minute], measures[before]];
          const doubled = now !== undefined && then !== undefined && now.compare(then.times(d("2"))) >= 0;
          const cleared = between.some((one) => one.compare(d("4")) <= 0);
          expect(kind === "day" ? doubled : cleared).toBe(true);
        }
      }),
    );
  });
});
