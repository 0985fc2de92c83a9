import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalCode, describeInstrument } from "./instruments.ts";

describe("a bond of Tesouro Direto", () => {
  it.each([
    ["Tesouro Selic 2029", "TESOURO SELIC 2029"],
    ["LFT 2029", "TESOURO SELIC 2029"],
    ["LFT 01/03/2029", "TESOURO SELIC 2029"],
    ["Tesouro Selic 2029 (LFT)", "TESOURO SELIC 2029"],
    ["Tesouro Prefixado 2031", "TESOURO PREFIXADO 2031"],
    ["LTN 2031", "TESOURO PREFIXADO 2031"],
    ["ltn-2031", "TESOURO PREFIXADO 2031"],
    ["Tesouro Prefixado com Juros Semestrais 2031", "TESOURO PREFIXADO COM JUROS SEMESTRAIS 2031"],
    ["NTN-F 2031", "TESOURO PREFIXADO COM JUROS SEMESTRAIS 2031"],
    ["Tesouro IPCA+ 2035", "TESOURO IPCA+ 2035"],
    ["tesouro ipca + 2035", "TESOURO IPCA+ 2035"],
    ["Tesouro Direto IPCA+ 2035", "TESOURO IPCA+ 2035"],
    ["Tesouro IPCA+ 2035 (NTNB Princ)", "TESOURO IPCA+ 2035"],
    ["NTN-B Principal 2035", "TESOURO IPCA+ 2035"],
    ["NTNB Princ. 15/05/2035", "TESOURO IPCA+ 2035"],
    ["Tesouro IPCA+ com Juros Semestrais 2035", "TESOURO IPCA+ COM JUROS SEMESTRAIS 2035"],
    ["Tesouro IPCA+ c/ Juros Semestrais 2035", "TESOURO IPCA+ COM JUROS SEMESTRAIS 2035"],
    ["Tesouro IPCA+ com Juros Semestrais 2035 (NTNB)", "TESOURO IPCA+ COM JUROS SEMESTRAIS 2035"],
    ["NTN-B 2035", "TESOURO IPCA+ COM JUROS SEMESTRAIS 2035"],
    ["NTNB2035", "TESOURO IPCA+ COM JUROS SEMESTRAIS 2035"],
    ["NTN-C 2031", "TESOURO IGPM+ COM JUROS SEMESTRAIS 2031"],
    ["Tesouro RendA+ 2030", "TESOURO RENDA+ APOSENTADORIA EXTRA 2030"],
    ["Tesouro Renda+ Aposentadoria Extra 2030", "TESOURO RENDA+ APOSENTADORIA EXTRA 2030"],
    ["Tesouro Educa+ 2030", "TESOURO EDUCA+ 2030"],
  ])("%s is %s", (text, code) => {
    expect(canonicalCode(text)).toBe(code);
    expect(canonicalCode(code)).toBe(code);
    expect(describeInstrument(text)).toMatchObject({ class: "tesouro", currency: "BRL", code });
  });

  it.each([
    // Renda+ or Educa+.
    ["NTN-B1 2049", "NTN-B1 2049"],
    // Whether a date is that of the first or of the last payment, nobody knows.
    ["Tesouro Educa+ 15/12/2030", "TESOURO EDUCA+ 15/12/2030"],
    ["Tesouro IPCA+ 2035 (NTNB)", "TESOURO IPCA+ 2035 (NTNB)"],
    ["Tesouro Reserva 2030", "TESOURO RESERVA 2030"],
    ["Tesouro IPCA+", "TESOURO IPCA+"],
    ["CDB BANCO X 2030", "CDB BANCO X 2030"],
  ])("%s stays as it is written", (text, code) => expect(canonicalCode(text)).toBe(code));

  it("changes nothing when it is applied twice", () => {
    const names = ["Tesouro IPCA+", "NTN-B", "NTN-B Principal", "LFT", "NTN-F", "tesouro renda+", "TD Selic"];
    const tails = ["", " (NTNB)", " (NTNB Princ)", " (LFT)", "-", " 15/05/2035"];
    const text = fc
      .tuple(
        fc.constantFrom(...names),
        fc.constantFrom(" ", "", " - "),
        fc.nat(2199),
        fc.constantFrom(...tails),
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (spelling) => {
        const once = canonicalCode(spelling);
        expect(canonicalCode(once)).toBe(once);
      }),
    );
  });
});
