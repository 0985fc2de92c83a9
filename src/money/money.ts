import type { Decimal } from "./decimal.ts";

/** Digits kept after the decimal point, as docs/money.md defines them for every engine. */
export const SCALE = { quantity: 8, price: 8, rate: 8, money: 8, return: 12 } as const;

/** Raised when amounts of two currencies meet: a programming error, never a user's. */
export class CurrencyMismatch extends Error {
  readonly code = "currency_mismatch";
  constructor(left: string, right: string) {
    super(`cannot combine ${left} with ${right}: convert one of them first`);
  }
}

/** An amount in a currency (ISO 4217 code). Immutable; adding two currencies throws CurrencyMismatch. */
export class Money {
  readonly amount: Decimal;
  readonly currency: string;

  constructor(amount: Decimal, currency: string) {
    this.amount = amount;
    this.currency = currency;
  }

  plus(other: Money): Money {
    if (other.currency !== this.currency) throw new CurrencyMismatch(this.currency, other.currency);
    return new Money(this.amount.plus(other.amount), this.currency);
  }

  minus(other: Money): Money {
    return this.plus(new Money(other.amount.negated(), other.currency));
  }

  /** Converts at `rate` (units of `currency` for one unit of this one), rounded to the money scale. */
  convert(rate: Decimal, currency: string): Money {
    return new Money(this.amount.round(SCALE.money).times(rate).round(SCALE.money), currency);
  }
}
