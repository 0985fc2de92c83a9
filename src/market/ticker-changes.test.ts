import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUILTIN_INSTRUMENTS, canonicalCode, describeInstrument } from "./instruments.ts";
import { formerCodes, mergedInto, RENAMED_CODES, renamedCode } from "./ticker-changes.ts";

describe("codes that B3 has changed", () => {
  it("lead to the code of today, however often they were changed", () => {
    expect(["VVAR3", "VIIA3", "BHIA3"].map(renamedCode)).toEqual(["BHIA3", "BHIA3", "BHIA3"]);
    expect(formerCodes("BHIA3").toSorted()).toEqual(["VIIA3", "VVAR3"]);
    expect(formerCodes("PETR4")).toEqual([]);
  });

  it("lead to instruments that the table knows, and are none themselves", () => {
    const known = new Set(BUILTIN_INSTRUMENTS.map(({ code }) => code));
    for (const [old, now] of RENAMED_CODES)
      expect([old, known.has(old), known.has(now)]).toEqual([old, false, true]);
    expect(describeInstrument("VVAR3F")).toMatchObject({ code: "BHIA3", yahooSymbol: "BHIA3.SA" });
  });

  it("mean the same in every spelling, and resolving them twice changes nothing", () => {
    const codes = fc.oneof(fc.constantFrom(...RENAMED_CODES.keys(), "PETR4", "TAEE11"), fc.string());
    const spelling = fc.constantFrom(
      (code: string) => code,
      (code: string) => code.toLowerCase(),
      (code: string) => `${code}F`,
      (code: string) => `${code}.SA`,
      (code: string) => `  ${code.toLowerCase()}f.sa `,
    );
    fc.assert(
      fc.property(codes, spelling, (code, spell) => {
        const once = canonicalCode(spell(code));
        expect(canonicalCode(once)).toBe(once);
        expect(RENAMED_CODES.has(once)).toBe(false);
        if (RENAMED_CODES.has(code)) expect(once).toBe(renamedCode(code));
      }),
    );
  });
});

describe("shares that merged into others", () => {
  it("keep their code: only a conversion tells how many they became", () => {
    expect(["BRML3", "MRFG3F"].map(canonicalCode)).toEqual(["BRML3", "MRFG3"]);
    expect(["BRML3", "SOMA3", "VVAR3", "PETR4"].map(mergedInto)).toEqual(["ALOS3", "AZZA3", null, null]);
  });
});
