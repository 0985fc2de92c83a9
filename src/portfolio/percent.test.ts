import { describe, expect, it } from "vitest";
import { Decimal } from "../money/decimal.ts";
import { changePercent, ratioPercent, returnPercent } from "./percent.ts";

const d = (text: string): Decimal => Decimal.parse(text);

describe("percentages", () => {
  it("are ratios times a hundred, rounded half away from zero", () => {
    expect(ratioPercent({ part: d("1"), whole: d("8") })?.toJSON()).toBe("12.5");
    expect(ratioPercent({ part: d("2"), whole: d("3") })?.toString()).toBe("66.6666666667");
    expect(ratioPercent({ part: d("-2"), whole: d("3") })?.toString()).toBe("-66.6666666667");
    expect(ratioPercent({ part: d("1"), whole: d("0") })).toBeNull();
  });

  it("are changes from a positive start", () => {
    expect(changePercent({ from: d("80"), to: d("100") })?.toJSON()).toBe("25");
    expect(changePercent({ from: d("0"), to: d("100") })).toBeNull();
    expect(changePercent({ from: d("-1"), to: d("1") })).toBeNull();
  });

  it("are returns with no digit lost", () => {
    expect(returnPercent(123_456_789_012n).toString()).toBe("12.3456789012");
  });
});
