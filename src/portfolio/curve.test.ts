import { describe, expect, it } from "vitest";
import { allBankDays } from "../market/calendar.ts";
import { dayNumber } from "../money/day.ts";
import { Decimal } from "../money/decimal.ts";
import { type CurveTerms, curveSeries, curveTerms, dayFactor, type RatePoint } from "./curve.ts";
import { type CurveOperation, CurvePosition } from "./curve-position.ts";

const BANK_DAYS = allBankDays().map(dayNumber);
const day = dayNumber;
const e8 = (text: string): bigint => Decimal.parse(text).unitsAt(8);
const price = (units: bigint | null): string | null =>
  units === null ? null : new Decimal(units, 8).toString();
const terms = (indexer: string, rate: string, maturity: string | null = null): CurveTerms => {
  const read = curveTerms({
    indexer,
    rateE8: e8(rate),
    maturity: maturity === null ? null : dayNumber(maturity),
  });
  if (read === null) throw new Error("these terms have no curve");
  return read;
};

/** CDI of 5 to 9 January 2026, in percent a day. */
const CDI: readonly RatePoint[] = ["0.055131", "0.055131", "0.055131", "0.05", "0.06"].map((rate, place) => ({
  day: day("2026-01-05") + place,
  valueE8: e8(rate),
}));
const IPCA: readonly RatePoint[] = [
  { day: day("2025-12-01"), valueE8: e8("0.33") },
  { day: day("2026-01-01"), valueE8: e8("0.40") },
];

function positionOf(points: readonly RatePoint[] = CDI): CurvePosition {
  return new CurvePosition((own) => curveSeries(own, points, BANK_DAYS));
}
const row = (
  on: string,
  type: CurveOperation["type"],
  more: Partial<CurveOperation> = {},
): CurveOperation => ({
  day: day(on),
  type,
  quantityE8: null,
  priceE8: null,
  amountE8: null,
  terms: null,
  ...more,
});
const buy = (on: string, own: CurveTerms | null, quantity = "10", unit = "1000"): CurveOperation =>
  row(on, "compra", { quantityE8: e8(quantity), priceE8: e8(unit), terms: own });

/** Prices of 1,000 invested on 5 January, on each bank day to the 12th. */
function pricesOf(own: CurveTerms, points: readonly RatePoint[]): readonly (string | null)[] {
  const position = positionOf(points);
  position.takeDay([buy("2026-01-05", own)]);
  return ["05", "06", "07", "08", "09", "12"].map((on) => price(position.priceAt(day(`2026-01-${on}`))));
}

describe("terms", () => {
  it.each([
    ["CDI", "110", "percent"],
    ["CDI", "20.00000001", "percent"],
    ["CDI", "20", "spread"],
    ["CDI", "2", "spread"],
    ["CDI", "-0.5", "spread"],
    ["CDI_PERCENTUAL", "15", "percent"],
    ["CDI_MAIS", "25", "spread"],
    ["SELIC", "100", "percent"],
    ["PRE", "12", "spread"],
    ["IPCA", "6", "spread"],
  ])("%s with %s is a %s", (indexer, rate, basis) => {
    expect(terms(indexer, rate).basis).toBe(basis);
  });

  it.each([
    [null, "110"],
    ["CDI", null],
    ["IGPM", "5"],
    ["PRE", "-100"],
    ["CDI", "1001"],
    ["CDI_PERCENTUAL", "0"],
  ])("%s with %s have no curve", (indexer, rate) => {
    expect(curveTerms({ indexer, rateE8: rate === null ? null : e8(rate), maturity: null })).toBeNull();
  });
});

describe("prices of 1,000 from 5 January, worked out apart in 60 digits", () => {
  it("accrue 110% of the CDI", () => {
    expect(pricesOf(terms("CDI", "110"), CDI)).toEqual([
      "1000.00000000",
      "1000.60644100",
      "1001.21324977",
      "1001.82042654",
      "1002.37142777",
      "1003.03299291",
    ]);
  });

  it("accrue the CDI and 2% a year", () => {
    expect(pricesOf(terms("CDI", "2"), CDI)).toEqual([
      "1000.00000000",
      "1000.62993827",
      "1001.26027336",
      "1001.89100552",
      "1002.47072393",
      "1003.15103274",
    ]);
  });

  it("accrue 12% a year, and exactly that in 252 bank days", () => {
    const own = terms("PRE", "12");
    expect(pricesOf(own, [])).toEqual([
      "1000.00000000",
      "1000.44981814",
      "1000.89983862",
      "1001.35006153",
      "1001.80048695",
      "1002.25111499",
    ]);
    const position = positionOf([]);
    position.takeDay([buy("2025-01-02", own)]);
    const start = BANK_DAYS.indexOf(day("2025-01-02"));
    expect(price(position.priceAt(BANK_DAYS[start + 252] ?? 0))).toBe("1120.00000000");
  });

  it("accrue December's IPCA of 0.33% over January's 21 bank days, and 6% a year beside it", () => {
    const own = terms("IPCA", "6");
    expect(pricesOf(own, IPCA)).toEqual([
      "1000.00000000",
      "1000.38818529",
      "1000.77652127",
      "1001.16500799",
      "1001.55364552",
      "1001.94243392",
    ]);
    const position = positionOf(IPCA);
    position.takeDay([buy("2026-01-02", own)]);
    expect(price(position.priceAt(day("2026-02-02")))).toBe("1008.18361348");
  });

  it("stop with the last published figure, and say the day", () => {
    const cdi = curveSeries(terms("CDI", "100"), CDI, BANK_DAYS);
    expect(cdi.levelAt(day("2026-02-10"))).toBe(cdi.levelAt(day("2026-01-12")));
    expect([day("2026-01-12"), day("2026-02-10")].map((on) => cdi.throughAt(on))).toEqual([
      day("2026-01-12"),
      day("2026-01-12"),
    ]);
    const ipca = curveSeries(terms("IPCA", "6"), IPCA, BANK_DAYS);
    expect(ipca.throughAt(day("2026-03-20"))).toBe(day("2026-03-02"));
    expect(cdi.levelAt(day("2026-01-02"))).toBeNull();
  });

  it("has roots to 30 digits", () => {
    expect(dayFactor(e8("12"))).toBe(1000449818143039466744987853256n);
    expect(dayFactor(e8("-50"))).toBeLessThan(10n ** 30n);
  });
});

describe("a position", () => {
  it("keeps each purchase's own terms, and gives all of them up pro rata", () => {
    const position = positionOf();
    position.takeDay([buy("2026-01-05", terms("CDI", "110"))]);
    position.takeDay([buy("2026-01-06", terms("CDI", "100"), "30", "1000")]);
    // (10 x 1,001.21324977 + 30 x 1,000.55131) / 40.
    expect(price(position.priceAt(day("2026-01-07")))).toBe("1000.71679494");
    position.takeDay([row("2026-01-07", "resgate", { quantityE8: e8("20") })]);
    expect(price(position.priceAt(day("2026-01-07")))).toBe("1000.71679494");
    expect(position.quantityE8).toBe(e8("20"));
  });

  it("loses what is paid out of it", () => {
    const position = positionOf();
    position.takeDay([buy("2026-01-05", terms("CDI", "110"))]);
    position.takeDay([row("2026-01-07", "juros", { amountE8: e8("12.1324977") })]);
    expect(price(position.priceAt(day("2026-01-07")))).toBe("1000.00000000");
  });

  it("accrues nothing from its maturity on", () => {
    const position = positionOf();
    position.takeDay([buy("2026-01-05", terms("CDI", "110", "2026-01-07"))]);
    expect(price(position.priceAt(day("2026-01-09")))).toBe("1001.21324977");
  });

  it.each([
    ["a purchase without terms", buy("2026-01-07", null)],
    ["a transfer that comes in", row("2026-01-07", "transferencia_entrada", { quantityE8: e8("1") })],
    ["more sold than is held", row("2026-01-07", "venda", { quantityE8: e8("11") })],
    ["a redemption of unknown size", row("2026-01-07", "resgate", {})],
    ["more paid than it is worth", row("2026-01-07", "juros", { amountE8: e8("20000") })],
  ])("has no curve after %s", (_name, operation) => {
    const position = positionOf();
    position.takeDay([buy("2026-01-05", terms("CDI", "110"))]);
    position.takeDay([operation]);
    expect(position.priceAt(day("2026-01-08"))).toBeNull();
  });

  it("starts anew once it was closed", () => {
    const position = positionOf();
    position.takeDay([buy("2026-01-05", null)]);
    position.takeDay([row("2026-01-06", "vencimento")]);
    position.takeDay([buy("2026-01-07", terms("CDI", "100"))]);
    expect(price(position.priceAt(day("2026-01-08")))).toBe("1000.55131000");
  });

  it("has none where the index starts after the purchase", () => {
    const position = positionOf();
    position.takeDay([buy("2026-01-02", terms("CDI", "110"))]);
    expect(position.known).toBe(false);
  });

  it("tells the price at which a transfer leaves, and takes one between brokerages for no change", () => {
    const position = positionOf();
    const told: (string | null)[] = [];
    position.takeDay([buy("2026-01-05", terms("CDI", "110"))]);
    const move = { quantityE8: e8("4") };
    position.takeDay([
      row("2026-01-06", "transferencia_saida", move),
      row("2026-01-06", "transferencia_entrada", move),
    ]);
    expect(position.known).toBe(true);
    position.takeDay([row("2026-01-07", "transferencia_saida", move)], (units) => told.push(price(units)));
    expect([told, position.quantityE8]).toEqual([["1001.21324977"], e8("6")]);
  });
});
