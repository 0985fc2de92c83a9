import { addDays, type IsoDay, weekday } from "../money/day.ts";
import { Decimal, pow10 } from "../money/decimal.ts";
import { DayList } from "./day-list.ts";
import { bankHolidays } from "./holidays.ts";

/**
 * What a Tesouro IPCA+ without coupons (NTN-B Principal) costs at an annual rate: quotation = 100 / (1 + rate) ^
 * (bank days / 252), cut off after 4 decimals; unit price = VNA x quotation / 100, cut off after 2. VNA is the face
 * value of R$ 1,000 of 2000-07-15 corrected by IPCA, with 6 decimals, projected to the day of settlement.
 *
 * Sources: Tesouro Nacional, "Cálculo da Rentabilidade dos Títulos Públicos ofertados no Tesouro Direto: Tesouro
 * IPCA+ (NTN-B Principal)", and ANBIMA, "Metodologia de Cálculo de Títulos Públicos Federais", NTN-B.
 *
 * Measured on the 1,196 rows that the Treasury published for 7 bonds on 195 days from 2025-06-02 to 2026-03-11: on
 * each day there is one VNA that gives the sale price of every bond to the cent, and one that gives every purchase
 * price. A sale to the Treasury settles on the day itself, a purchase on the next session of B3. Priced from the VNA
 * that the dearest bond implies, the others differ by R$ 0.01 at most (median R$ 0.00), which is 0.12 basis points
 * of the price: the cent that is cut off the dearest bond's price. Any other settlement or rounding fits worse: a day
 * too many spreads the VNA by 1.1 basis points, and prices rounded instead of cut off fit on 82 of the 195 days.
 */

/** The methodology's places. */
const QUOTATION_SCALE = 4;
const PRICE_SCALE = 2;
const VNA_SCALE = 6;
/** The year of Brazilian rates, in bank days. */
const YEAR = 252;
/** A double is that sure of a quotation, counted in its last place (which it is wrong by about 1e-8 of). */
const DOUBTFUL = 1e-4;

/** Bonds mature later than the calendar of sessions reaches: the market counts on with the holidays in force. */
let bankDays: DayList | null = null;

/** What is counted from the day of settlement (included) to that of maturity (left out). */
export interface BondTerm {
  readonly settles: IsoDay;
  readonly matures: IsoDay;
}

/**
 * The bank days that a bond has left. Throws RangeError for a bond that has matured, and CalendarError outside the
 * years 2000 to 2099.
 */
export function bankDaysLeft({ settles, matures }: BondTerm): number {
  if (settles > matures) throw new RangeError(`a bond of ${matures} cannot be settled on ${settles}`);
  bankDays ??= listBankDays();
  return bankDays.between(settles, addDays(matures, -1)).length;
}

/** The price of a bond with a face value of 100, at `ratePercent` a year (`7.28`); 4 decimals, cut off. */
export function quotation(ratePercent: Decimal, bankDaysToGo: number): Decimal {
  const one = pow10(ratePercent.scale + 2);
  const growth = one + ratePercent.units;
  if (growth <= 0n) throw new RangeError("a rate of -100% or less has no price");
  const rate = { growth, one };
  const places = 10 ** (QUOTATION_SCALE + 2);
  const estimate = places / (Number(growth) / Number(one)) ** (bankDaysToGo / YEAR);
  let units = BigInt(Math.floor(estimate));
  // Where a double cannot tell on which side of a step the quotation lies, integers can.
  if (Math.abs(estimate - Math.round(estimate)) < DOUBTFUL) {
    units = BigInt(Math.round(estimate));
    if (!isAtMostQuotation(units, rate, bankDaysToGo)) units -= 1n;
  }
  return new Decimal(units, QUOTATION_SCALE);
}

/** Whether u / 10^6 <= (1 + rate) ^ -(n / 252), without a root: u^252 x (1 + rate)^n <= 10^(6 x 252). */
function isAtMostQuotation(
  units: bigint,
  rate: { growth: bigint; one: bigint },
  bankDaysToGo: number,
): boolean {
  const [n, years] = [BigInt(bankDaysToGo), BigInt(YEAR)];
  return units ** years * rate.growth ** n <= pow10(QUOTATION_SCALE + 2) ** years * rate.one ** n;
}

/** The price of one bond in reais, 2 decimals, cut off. `vna` in reais. */
export function unitPrice(vna: Decimal, quoted: Decimal): Decimal {
  const exact = vna.times(quoted);
  return new Decimal((exact.units * pow10(PRICE_SCALE)) / pow10(exact.scale + 2), PRICE_SCALE);
}

/**
 * What a Tesouro IPCA+ without coupons costs, in reais.
 *
 * @example
 * ipcaBondPrice({ vna, ratePercent: Decimal.parse("7.28"), settles: "2025-06-02", matures: "2035-05-15" })
 */
export function ipcaBondPrice(
  bond: BondTerm & { readonly vna: Decimal; readonly ratePercent: Decimal },
): Decimal {
  return unitPrice(bond.vna, quotation(bond.ratePercent, bankDaysLeft(bond)));
}

/** The lowest and the highest VNA (6 decimals, in reais) that give a price; the price is cut off, so there are many. */
export function impliedVna(
  price: Decimal,
  quoted: Decimal,
): { readonly min: Decimal; readonly max: Decimal } {
  const cents = price.unitsAt(PRICE_SCALE);
  // vna >= price x 100 / quotation, all in their last places.
  const scaled = pow10(VNA_SCALE + quoted.scale + 2 - PRICE_SCALE);
  const atLeast = (total: bigint): bigint => (total * scaled + quoted.units - 1n) / quoted.units;
  return {
    min: new Decimal(atLeast(cents), VNA_SCALE),
    max: new Decimal(atLeast(cents + 1n) - 1n, VNA_SCALE),
  };
}

function listBankDays(): DayList {
  const [first, last] = [2000, 2099];
  const closed = new Set<IsoDay>();
  for (let year = first; year <= last; year++) for (const day of bankHolidays(year)) closed.add(day);
  const works = (day: IsoDay): boolean => weekday(day) !== 0 && weekday(day) !== 6 && !closed.has(day);
  return new DayList(`${first}-01-01`, `${last}-12-31`, works);
}
