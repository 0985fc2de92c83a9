/**
 * The series that are asked for, and where the Banco Central publishes them. Numbers as in SGS's own search
 * (www3.bcb.gov.br/sgspub); the currencies are those of the service PTAX (olinda.bcb.gov.br, `Moedas`).
 */

export type BcbCode =
  | "CDI"
  | "SELIC"
  | "IPCA"
  | "IGPM"
  | "USDBRL"
  | "EURBRL"
  | "GBPBRL"
  | "CHFBRL"
  | "JPYBRL"
  | "ARSBRL";

/** What every point of a series has to be like. */
export interface PointRules {
  /** `bankDay`: one for each day on which banks work; `month`: one a month, dated on its first day. */
  readonly rhythm: "bankDay" | "month";
  /** Whether only numbers above zero make sense: an exchange rate, not a change of prices. */
  readonly positive: boolean;
}

export type BcbSeries =
  | { readonly service: "sgs"; readonly number: number; readonly rules: PointRules }
  | { readonly service: "ptax"; readonly currency: string; readonly rules: PointRules };

const DAILY_RATE: PointRules = { rhythm: "bankDay", positive: false };
const MONTHLY_RATE: PointRules = { rhythm: "month", positive: false };
const EXCHANGE_RATE: PointRules = { rhythm: "bankDay", positive: true };

/** Rates in percent (a day, or a month); exchange rates in reais for one unit, sale side of PTAX's closing bulletin. */
export const BCB_SERIES: Readonly<Record<BcbCode, BcbSeries>> = {
  CDI: { service: "sgs", number: 12, rules: DAILY_RATE },
  SELIC: { service: "sgs", number: 11, rules: DAILY_RATE },
  IPCA: { service: "sgs", number: 433, rules: MONTHLY_RATE },
  IGPM: { service: "sgs", number: 189, rules: MONTHLY_RATE },
  USDBRL: { service: "sgs", number: 1, rules: EXCHANGE_RATE },
  EURBRL: { service: "ptax", currency: "EUR", rules: EXCHANGE_RATE },
  GBPBRL: { service: "ptax", currency: "GBP", rules: EXCHANGE_RATE },
  CHFBRL: { service: "ptax", currency: "CHF", rules: EXCHANGE_RATE },
  JPYBRL: { service: "ptax", currency: "JPY", rules: EXCHANGE_RATE },
  ARSBRL: { service: "ptax", currency: "ARS", rules: EXCHANGE_RATE },
};
