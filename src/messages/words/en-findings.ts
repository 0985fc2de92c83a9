import type { ptFindings } from "./pt-findings.ts";

/** What a person should look at, in English: what it means and what to do. */
export const enFindings: typeof ptFindings = {
  findings: {
    merged: (asset: string, successor: string): string =>
      `${asset} became ${successor} in a merger: enter the conversion (type conversao, asset ${asset}>${successor}, factor of the notice)`,
    codes: {
      sold_more_than_held: (asset, expected, found) =>
        `${expected} ${asset} sold or taken out with ${found} in the portfolio: check whether a purchase is missing`,
      snapshot_differs: (asset, expected, found) =>
        `custody states ${expected} ${asset}, the operations add up to ${found}: the operations count; check whether one is missing`,
      cost_unknown: (asset) =>
        `${asset} came in without a cost: state it in the file; until then average cost and gain stay blank`,
      rate_missing: (asset) =>
        `the exchange rate of an operation in ${asset} is missing: load it in a prices file, such as USDBRL`,
      cash_not_controlled: (asset) =>
        `a cash entry (${asset}) of a client without controlled cash changes nothing; to count it, set controla_caixa = sim in the clients file`,
      nothing_held: (asset) =>
        `an operation in ${asset} without a position on that day was not applied: check for a missing purchase, or the date`,
      currency_differs: (asset) =>
        `an operation in ${asset} in another currency than the position was not applied: correct the currency and send it again`,
      incomplete: (asset) =>
        `an operation in ${asset} lacks its quantity, price or amount: complete the row and send it again`,
      other_currency: (asset) =>
        `an operation in ${asset} in another currency than the asset's was converted at the day's rate: check the currency`,
      instrument_unknown: (asset) =>
        `${asset} is not registered: load it in an instruments file, with class and currency`,
      price_missing: (asset) => `there is no price of ${asset}: load a prices file`,
      matured: (asset) => `${asset} has matured and is still held: record its maturity or redemption`,
      curve_missing: (asset) =>
        `${asset} has an index and a rate in some operation, but not in all, or the index is missing: without them it has no value on the curve`,
      price_jump: (asset) =>
        `the price of ${asset} moved more than 20% between two sessions: check it, and whether a corporate action is missing`,
      action_inferred: (asset) =>
        `a split or bonus issue of ${asset} is only inferred, quantities have not changed: see npx carteira actions --pending, and confirm or reject it`,
      split_not_in_ledger: (asset) =>
        `a split or reverse split of ${asset} is only in the operations: load it in an actions file, so that earlier prices are right`,
    },
    other: (code, asset) => `${code} (${asset}): check this row`,
    row: (file, line) => `${file}, line ${line}`,
    some: (count, several) => `${count} ${several ? "points" : "point"} to check`,
    none: "Nothing to check.",
    all: (client) => `see npx carteira findings --as BROKER --client ${client}`,
    more: (count) => `… and ${count} more: see all with --json, or a client's with --client.`,
    everybody: "all",
    info: "info",
    warning: "warning",
  },
};
