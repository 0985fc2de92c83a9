import { sum } from "../money/decimal.ts";
import { SCALE } from "../money/money.ts";
import type { Row } from "../warehouse/warehouse.ts";
import type { AllocationSlice } from "./answer.ts";
import { sliceOf } from "./holding-data.ts";
import { decimalOrNull, text } from "./rows.ts";

/** What whole books are added up in. */
export const CURRENCY = "BRL";

/** What all portfolios are made of, by class and in BRL; of rows of the query `book_instruments`. */
export function allocationOfBook(rows: readonly Row[]): readonly AllocationSlice[] {
  const parts = rows.flatMap((row) => {
    const value = decimalOrNull(row, "priced_base");
    const rate = decimalOrNull(row, "rate_brl");
    return value === null || rate === null || value.sign() === 0
      ? []
      : [{ key: text(row, "class"), value: value.times(rate).round(SCALE.money) }];
  });
  const total = sum(parts.map(({ value }) => value.abs()));
  return [...Map.groupBy(parts, ({ key }) => key)]
    .map(([key, members]) => sliceOf(key, sum(members.map(({ value }) => value)), total))
    .toSorted((left, right) => right.value.compare(left.value) || (left.key < right.key ? -1 : 1));
}
