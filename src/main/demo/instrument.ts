export type Group = "acao" | "fii" | "etf" | "bdr" | "exterior" | "tesouro" | "bancario" | "fundo" | "cripto";

/** How far a price follows each common factor, a day's return being their sum. */
export interface Loadings {
  /** Shares in Brazil. */
  readonly market?: number;
  /** Shares in the United States. */
  readonly abroad?: number;
  /** The dollar in reais. */
  readonly dollar?: number;
  readonly crypto?: number;
  /** Years of duration against the real yield. */
  readonly duration?: number;
  /** Share of the CDI that accrues. */
  readonly cdi?: number;
  /** Share of the real yield and of inflation that accrues. */
  readonly realYield?: number;
}

export interface Payout {
  readonly type: "dividendo" | "jcp" | "rendimento";
  /** Months between two payments. */
  readonly every: number;
  /** The first month of the year that has one, 1 to 12. */
  readonly first: number;
  /** Part of the price that each payment amounts to. */
  readonly yield: number;
  /** Withheld part, as the payer states it. */
  readonly tax: number;
}

export interface DemoInstrument {
  readonly code: string;
  readonly group: Group;
  readonly currency: string;
  /** Price at the start of the demo, before any split. */
  readonly start: number;
  /** Digits of a price after the decimal point. */
  readonly decimals: number;
  /** Smallest tradable quantity, in 10^-8 units. */
  readonly stepE8: number;
  readonly loadings: Loadings;
  /** Expected return a year beyond what accrues. */
  readonly drift: number;
  /** Standard deviation of a day's own return. */
  readonly own: number;
  /** Follows another instrument in dollars: so many of its units for one of these. */
  readonly tracks?: { readonly code: string; readonly ratio: number };
  readonly payout?: Payout;
  /** What a broker's file states about paper of a bank. */
  readonly terms?: {
    readonly indexer: string;
    readonly rate: number;
    readonly maturity: string;
    readonly issuer: string;
  };
  /** Row of the instruments file, for what the built-in table does not know. */
  readonly registered?: {
    readonly name: string;
    readonly class: string;
    readonly sector: string;
    readonly issuer: string;
    readonly aliases: string;
  };
}
