import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BUILTIN_INSTRUMENTS,
  canonicalCode,
  describeInstrument,
  isB3Class,
  statedCode,
} from "./instruments.ts";

const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

describe("canonicalCode", () => {
  it.each([
    ["PETR4F", "PETR4"],
    ["petr4f.sa", "PETR4"],
    ["PETR4.SA", "PETR4"],
    ["  petr4 ", "PETR4"],
    ["TAEE11", "TAEE11"],
    ["TAEE11F", "TAEE11"],
    ["b3sa3f", "B3SA3"],
    ["M1TA34", "M1TA34"],
    ["^BVSP", "IBOV"],
    ["Ibovespa", "IBOV"],
    ["^GSPC", "SP500"],
    ["BRL=X", "USDBRL"],
    ["usd/brl", "USDBRL"],
    ["USD-BRL", "USDBRL"],
    ["EURBRL=X", "EURBRL"],
    ["CHF=X", "USDCHF"],
    ["BTC-USD", "BTC"],
    ["ethbrl", "ETH"],
    ["SOL-USDT", "SOL"],
    ["USDTBRL", "USDT"],
    ["BRK-B", "BRK.B"],
    ["aapl", "AAPL"],
    ["caixa-usd", "CAIXA-USD"],
  ])("%s is %s", (text, code) => expect(canonicalCode(text)).toBe(code));

  it.each([
    ["CDB BANCO MASTER F", "CDB BANCO MASTER F"],
    ["CDB13F", "CDB13F"],
    ["ABC12F", "ABC12F"],
    ["LTN-2F", "LTN-2F"],
    ["LCA-XYZ", "LCA-XYZ"],
    ["DEB/ABC", "DEB/ABC"],
    ["F", "F"],
    ["USDBRL", "USDBRL"],
  ])("leaves %s alone", (text, code) => expect(canonicalCode(text)).toBe(code));

  it("is the code of today where B3 has changed it, and the stated one for silver", () => {
    const texts = ["EMBR3", "vvar3", "VVAR3F", "VIIA3.SA", "ELET3F.SA", "BRML3"];
    expect(texts.map(canonicalCode)).toEqual(["EMBJ3", "BHIA3", "BHIA3", "BHIA3", "AXIA3", "BRML3"]);
    expect(texts.map(statedCode)).toEqual(["EMBR3", "VVAR3", "VVAR3", "VIIA3", "ELET3", "BRML3"]);
  });

  it("writes names in one way", () => {
    expect(canonicalCode("  Tesouro  IPCA+\t2035 ")).toBe("TESOURO IPCA+ 2035");
    expect(canonicalCode("Debênture Açúcar")).toBe("DEBENTURE ACUCAR");
  });

  it("changes nothing when it is applied twice", () => {
    const codes = fc.oneof(
      fc.string(),
      fc.string({ unit: "grapheme" }),
      fc.stringMatching(/^[A-Za-z0-9]{4}[0-9]{1,2}F?(\.SA)?$/),
      fc.stringMatching(/^[A-Z]{3}[-/]?[A-Z]{3}(=X)?$/),
      fc.constantFrom(...BUILTIN_INSTRUMENTS.map(({ yahooSymbol, code }) => yahooSymbol ?? code)),
    );
    fc.assert(
      fc.property(codes, (text) => {
        const once = canonicalCode(text);
        expect(canonicalCode(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });
});

describe("describeInstrument", () => {
  it.each([
    ["XXXX3", null, "acao", "BRL"],
    ["XXXX6", null, "acao", "BRL"],
    ["XXXX11", null, "fii", "BRL"],
    ["XXXX34", null, "bdr", "BRL"],
    ["XXXX39", null, "bdr", "BRL"],
    ["TAEE11", null, "acao", "BRL"],
    ["BOVA11", null, "etf", "BRL"],
    ["KNRI11", null, "fii", "BRL"],
    ["JBSS32", null, "bdr", "BRL"],
    ["LCAM3", null, "acao", "BRL"],
    ["CRIV4", null, "acao", "BRL"],
    ["AAPL", null, "acao_exterior", "USD"],
    ["UBER", "USD", "acao_exterior", "USD"],
    ["UBER", null, "desconhecida", "BRL"],
    ["CAIXA-USD", null, "caixa", "USD"],
    ["CAIXA-BRL", "USD", "caixa", "BRL"],
    ["CDB BANCO XYZ 2027", null, "cdb", "BRL"],
    ["CDB13", null, "cdb", "BRL"],
    ["LCI-123", null, "lci", "BRL"],
    ["LCA BANCO XYZ", null, "lca", "BRL"],
    ["CRI 21A0001", null, "cri", "BRL"],
    ["CRA 21A0001", null, "cra", "BRL"],
    ["Debênture XYZ", null, "debenture", "BRL"],
    ["Tesouro Selic 2029", null, "tesouro", "BRL"],
    ["NTN-B 2035", null, "tesouro", "BRL"],
    ["USDBRL", null, "cambio", "BRL"],
    ["USDCHF", null, "cambio", "CHF"],
    ["IBOV", null, "indice", "BRL"],
    ["SP500", null, "indice", "USD"],
    ["CDI", null, "indice", "BRL"],
    ["GANDALF", null, "desconhecida", "BRL"],
    ["GANDALF", "EUR", "desconhecida", "EUR"],
    ["PETR4", "USD", "acao", "BRL"],
  ])("%s in %s is %s in %s", (code, currency, instrumentClass, quotedIn) => {
    expect(describeInstrument(code, currency)).toMatchObject({ class: instrumentClass, currency: quotedIn });
  });

  it("has a crypto asset quoted in the currency of the operation", () => {
    expect(describeInstrument("BTC")).toMatchObject({
      class: "cripto",
      currency: "BRL",
      yahooSymbol: "BTC-BRL",
    });
    expect(describeInstrument("BTC", "USD")).toMatchObject({ currency: "USD", yahooSymbol: "BTC-USD" });
  });

  it("knows what everybody holds", () => {
    expect(describeInstrument("petr4f")).toMatchObject({
      code: "PETR4",
      name: "Petrobras PN",
      sector: "Petróleo e Gás",
      issuer: "Petrobras",
      yahooSymbol: "PETR4.SA",
      origin: "builtin",
    });
    expect(describeInstrument("BRK.B").yahooSymbol).toBe("BRK-B");
    expect(describeInstrument("IBOV").yahooSymbol).toBe("^BVSP");
    expect(describeInstrument("USDBRL").yahooSymbol).toBe("BRL=X");
  });

  it("says when it only infers, and then knows no sector", () => {
    expect(describeInstrument("XXXX3")).toEqual({
      code: "XXXX3",
      name: "XXXX3",
      class: "acao",
      sector: null,
      currency: "BRL",
      issuer: null,
      yahooSymbol: "XXXX3.SA",
      aliases: [],
      origin: "inferred",
    });
    expect(describeInstrument("Tesouro Selic 2029").issuer).toBe("Tesouro Nacional");
  });
});

describe("the built-in table", () => {
  it("has each code once, in its canonical form, with the class that its code says", () => {
    const codes = BUILTIN_INSTRUMENTS.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.map(canonicalCode)).toEqual(codes);
    for (const { code, class: instrumentClass } of BUILTIN_INSTRUMENTS) {
      expect([code, isB3Class(instrumentClass)]).toEqual([code, /\d$/.test(code) && code !== "SP500"]);
    }
  });

  it("names each thing by one alias only, which is nobody else's code", () => {
    const owners = new Map<string, string>();
    const clashes: string[] = [];
    for (const { code, aliases } of BUILTIN_INSTRUMENTS) {
      for (const name of [code, ...aliases].map(fold)) {
        const owner = owners.get(name) ?? code;
        if (owner !== code) clashes.push(`${name}: ${owner} and ${code}`);
        owners.set(name, code);
      }
      expect(aliases.every((alias) => alias === alias.toLowerCase() && alias.trim() === alias)).toBe(true);
    }
    expect(clashes).toEqual([]);
    const expected = { petrobras: "PETR4", petro: "PETR4", vale: "VALE3", magalu: "MGLU3", itau: "ITUB4" };
    const others = { dolar: "USDBRL", ibovespa: "IBOV", bitcoin: "BTC", viavarejo: "BHIA3" };
    for (const [name, code] of Object.entries({ ...expected, ...others }))
      expect(owners.get(name)).toBe(code);
  });
});
