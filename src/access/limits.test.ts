import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLimits } from "./limits.ts";

function setUp(settings = { turnsPerMinute: 3, uploadsPerMinute: 1 }, usersMax?: number) {
  const clock = { ms: Date.parse("2026-11-23T12:00:00Z") };
  return { clock, limits: createLimits(settings, () => new Date(clock.ms), usersMax) };
}

describe("limits", () => {
  it("let so many go, warn once and drop the rest, until a minute has passed", () => {
    const { clock, limits } = setUp();
    const asked = () => limits.admit("slack:T1:U1", "turn");
    expect([asked(), asked(), asked(), asked(), asked()]).toEqual(["go", "go", "go", "warn", "drop"]);
    clock.ms += 59_999;
    expect(asked()).toBe("drop");
    clock.ms += 1;
    expect([asked(), asked(), asked(), asked(), asked()]).toEqual(["go", "go", "go", "warn", "drop"]);
  });

  it("count each user apart, and files apart from questions", () => {
    const { limits } = setUp();
    expect(limits.admit("a", "upload")).toBe("go");
    expect(limits.admit("a", "turn")).toBe("go");
    expect(limits.admit("b", "upload")).toBe("go");
    expect(limits.admit("a", "upload")).toBe("warn");
    expect(limits.admit("b", "upload")).toBe("warn");
  });

  it("remember no more users than they may, and forget the quietest", () => {
    const { limits } = setUp({ turnsPerMinute: 1, uploadsPerMinute: 1 }, 2);
    limits.admit("a", "turn");
    limits.admit("b", "turn");
    expect(limits.admit("a", "turn")).toBe("warn");
    limits.admit("c", "turn");
    expect(limits.admit("a", "turn")).toBe("drop");
    expect(limits.admit("b", "turn")).toBe("go");
  });

  it("never let more than the limit go in any minute, nor warn twice in one", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 60 }), (pausesMs) => {
        const { clock, limits } = setUp();
        const said: { verdict: string; ms: number }[] = [];
        for (const pause of pausesMs) {
          clock.ms += pause;
          said.push({ verdict: limits.admit("a", "turn"), ms: clock.ms });
        }
        for (const { ms } of said) {
          const within = (verdict: string) =>
            said.filter((one) => one.verdict === verdict && one.ms > ms - 60_000 && one.ms <= ms).length;
          expect(within("go")).toBeLessThanOrEqual(3);
          expect(within("warn")).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
