import { describe, expect, it } from "vitest";
import { periodBases, resolvePeriod } from "./periods.ts";

describe("periodBases", () => {
  it("counts back from a Monday after a weekend", () => {
    expect(periodBases("2026-11-23")).toEqual({
      day: "2026-11-19",
      wtd: "2026-11-19",
      mtd: "2026-10-30",
      "3m": "2026-08-21",
      "6m": "2026-05-22",
      "12m": "2025-11-21",
      ytd: "2025-12-30",
    });
  });

  it("clamps to the end of a shorter month", () => {
    // 29 February 2024 less 12 months is 28 February 2023; 31 August less 6 months is 28 February.
    expect(periodBases("2024-02-29")["12m"]).toBe("2023-02-28");
    expect(periodBases("2023-08-31")["6m"]).toBe("2023-02-28");
  });

  it("takes the session before a day without one", () => {
    expect(periodBases("2026-11-22")).toEqual(periodBases("2026-11-19"));
  });

  it("has the month and the year begin with their first session", () => {
    expect(periodBases("2025-01-02")).toMatchObject({
      mtd: "2024-12-30",
      ytd: "2024-12-30",
      day: "2024-12-30",
    });
  });
});

describe("resolvePeriod", () => {
  const asOf = "2026-11-23";
  const range = (kind: string, from: string | null, to: string, last = asOf) =>
    resolvePeriod({ kind, from, to }, last);

  it("a year runs from the last session of the year before to its own", () => {
    expect(range("2025", "2025-01-01", "2025-12-31")).toEqual({ base: "2024-12-30", to: "2025-12-30" });
  });

  it("the present year ends with the last figures", () => {
    expect(range("2026", "2026-01-01", "2026-12-31")).toEqual({ base: "2025-12-30", to: asOf });
    expect(range("year_to_date", "2026-01-01", asOf)).toEqual({ base: "2025-12-30", to: asOf });
  });

  it("calendar weeks and months end with their own last session", () => {
    expect(range("last_week", "2026-11-16", "2026-11-22")).toEqual({ base: "2026-11-13", to: "2026-11-19" });
    expect(range("last_month", "2026-10-01", "2026-10-31")).toEqual({ base: "2026-09-30", to: "2026-10-30" });
    expect(range("week_to_date", "2026-11-23", asOf)).toEqual({ base: "2026-11-19", to: asOf });
  });

  it("months are counted from the last figures, as the stored bases are", () => {
    expect(range("12m", "2025-11-23", "2026-11-23")).toEqual({ base: periodBases(asOf)["12m"], to: asOf });
    expect(range("12m", "2025-11-25", "2026-11-25")).toEqual({ base: periodBases(asOf)["12m"], to: asOf });
    expect(range("24m", "2024-11-23", asOf).base).toBe("2024-11-22");
  });

  it("today and yesterday are the last session of their day", () => {
    expect(range("today", asOf, asOf)).toEqual({ base: "2026-11-19", to: asOf });
    expect(range("yesterday", "2026-11-22", "2026-11-22")).toEqual({ base: "2026-11-18", to: "2026-11-19" });
    // Sunday: Thursday's session, since Friday the 20th was a holiday.
    expect(range("today", "2026-11-22", "2026-11-22", "2026-11-19")).toEqual({
      base: "2026-11-18",
      to: "2026-11-19",
    });
  });

  it("before today's figures are in, today starts and ends with the last ones", () => {
    expect(range("today", asOf, asOf, "2026-11-19")).toEqual({ base: "2026-11-19", to: "2026-11-19" });
  });

  it("a range starts with the close before its first day and never passes the last figures", () => {
    expect(range("range", "2026-03-02", "2026-03-31")).toEqual({ base: "2026-02-27", to: "2026-03-31" });
    expect(range("range", "2026-11-02", "2030-01-01")).toEqual({ base: "2026-10-30", to: asOf });
    expect(range("range", "2029-01-01", "2030-01-01")).toEqual({ base: asOf, to: asOf });
  });

  it("has no base where the client's own start is meant", () => {
    expect(range("inception", null, asOf)).toEqual({ base: null, to: asOf });
    expect(range("range", "1995-01-01", asOf)).toEqual({ base: null, to: asOf });
    expect(range("600m", "1976-11-23", asOf)).toEqual({ base: null, to: asOf });
  });
});
