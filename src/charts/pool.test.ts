import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChartSpec } from "../messages/message.ts";
import { drawChart } from "./draw.ts";
import { ChartPool } from "./pool.ts";

let pool: ChartPool;

beforeEach(() => {
  pool = new ChartPool();
});

afterEach(() => pool.close());

const bars = (label: string): ChartSpec => ({
  type: "bars",
  title: "Ação",
  subtitle: "",
  bars: [{ label, value: 1, valueText: "1" }],
  style: "plain",
  language: "pt",
});

describe("a pool of threads that draw", () => {
  it("draws the same bytes as the process itself, in both themes", async () => {
    for (const theme of ["light", "dark"] as const) {
      const drawn = await pool.draw(bars("PETR4"), { theme });
      expect(Buffer.from(drawn).equals(await drawChart(bars("PETR4"), { theme }))).toBe(true);
    }
  });

  it("gives each its own picture when many are asked for at once", async () => {
    const labels = ["A", "BB", "CCC", "DDDD", "EEEEE"];
    const drawn = await Promise.all(labels.map((label) => pool.draw(bars(label))));
    for (const [place, label] of labels.entries()) {
      expect(Buffer.from(drawn[place] ?? []).equals(await drawChart(bars(label))), label).toBe(true);
    }
  });

  it("refuses what cannot be drawn, and goes on", async () => {
    await expect(pool.draw({ ...bars("x"), bars: [] } as ChartSpec)).rejects.toThrow(RangeError);
    expect((await pool.draw(bars("y"))).length).toBeGreaterThan(1_000);
  });

  it("turns away what comes when too many wait, and everything once it is closed", async () => {
    const asked = Array.from({ length: 140 }, () => pool.draw(bars("x")));
    const settled = Promise.allSettled(asked);
    await expect(asked.at(-1)).rejects.toMatchObject({ code: "busy" });
    await pool.close();
    await expect(pool.draw(bars("x"))).rejects.toMatchObject({ code: "closed" });
    const outcomes = await settled;
    expect(
      outcomes.every((one) => one.status === "fulfilled" || ["busy", "closed"].includes(one.reason.code)),
    ).toBe(true);
  });
});
