import { describe, expect, it } from "vitest";
import { penOf } from "../../src/messages/page.ts";
import { periodSlug, periodTitle } from "./period-title.ts";

const pt = penOf("pt");
const en = penOf("en");

describe("a report's period", () => {
  it.each([
    ["range", "2026-10-01", "2026-10-31", "Outubro de 2026", "2026-10"],
    ["month_to_date", "2026-11-01", "2026-11-25", "Novembro de 2026, até 25/11", "2026-11"],
    ["range", "2026-02-01", "2026-02-28", "Fevereiro de 2026", "2026-02"],
    ["2025", "2025-01-01", "2025-12-31", "2025", "2025"],
    ["year_to_date", "2026-01-01", "2026-11-25", "2026, até 25/11", "2026-01-01_2026-11-25"],
    ["year_to_date", "2026-01-01", "2026-01-20", "2026, até 20/01", "2026-01"],
    ["range", "2026-01-01", "2026-03-31", "01/01/2026 a 31/03/2026", "2026-01-01_2026-03-31"],
    ["range", "2026-10-02", "2026-10-31", "02/10/2026 a 31/10/2026", "2026-10-02_2026-10-31"],
    ["today", "2026-11-25", "2026-11-25", "25/11/2026", "2026-11-25_2026-11-25"],
    ["inception", "2024-11-05", "2026-11-25", "Desde o início, até 25/11/2026", "2024-11-05_2026-11-25"],
  ])("%s from %s to %s is called %s", (kind, from, to, title, slug) => {
    expect(periodTitle({ kind, from, to }, pt)).toBe(title);
    expect(periodSlug({ kind, from, to })).toBe(slug);
  });

  it("has not ended on its last day, before that is over", () => {
    const october = { kind: "range", from: "2026-10-01", to: "2026-10-31" };
    expect(periodTitle({ ...october, live: true }, pt)).toBe("Outubro de 2026, até 31/10");
  });

  it("is called in English, too", () => {
    const november = { kind: "range", from: "2026-11-01", to: "2026-11-25" };
    expect(periodTitle(november, en)).toBe("November 2026, up to 25 Nov");
  });
});
