import type { HistoryData } from "../../answers/answer.ts";
import type { Decimal } from "../../money/decimal.ts";
import { SCALE } from "../../money/money.ts";
import { buttonsOf, relative } from "../buttons.ts";
import { currencySymbol, UNKNOWN } from "../format.ts";
import type { ButtonsBlock } from "../message.ts";
import { clientEmphasis, clientTitle, type Draft, type OkAnswer, type Pen, tableOf } from "../page.ts";
import { duringPeriod, shownPeriod } from "../period.ts";
import { labelOf } from "../words.ts";

/** The operations of a period, newest as the answer has them. */
export function presentHistory(data: HistoryData, pen: Pen, answer: OkAnswer): Draft {
  const { words, format } = pen;
  const { columns } = words;
  const total = data.operations.length + data.more;
  const count = total === 0 ? words.history.none : words.history.operations(format.count(total), total > 1);
  const when = duringPeriod(shownPeriod(data.period, answer.question.period), pen);
  const subject = data.asset === null ? clientTitle(data) : `${clientTitle(data)} · ${data.asset}`;
  // Every row may have its own currency, so each amount bears it.
  const inCurrency = (text: string, currency: string) =>
    text === UNKNOWN ? text : `${currencySymbol(currency)} ${text}`;
  const hasGap = data.operations.some(
    (operation) => operation.quantity === null || operation.price === null || grossOf(operation) === null,
  );
  return {
    headline: `${subject} — ${count} ${when}`,
    emphasis: [clientEmphasis(data), { text: count }],
    blocks: [
      tableOf(
        {
          columns: [
            { label: columns.date, cell: ({ date }) => format.day(date) },
            { label: columns.operation, cell: ({ type }) => labelOf(words.operations, type) },
            { label: columns.asset, cell: ({ asset }) => asset ?? UNKNOWN },
            { label: columns.quantity, align: "right", cell: ({ quantity }) => format.quantity(quantity) },
            {
              label: columns.price,
              align: "right",
              cell: ({ price, currency }) => inCurrency(format.price(price), currency),
            },
            {
              label: columns.value,
              align: "right",
              cell: (operation) => inCurrency(format.amount(grossOf(operation)), operation.currency),
            },
            {
              label: columns.fees,
              align: "right",
              cell: ({ fees, currency }) => feesText(fees, currency, pen),
            },
          ],
          rows: data.operations,
          more: data.more,
        },
        pen,
      ),
      nextQuestions(data, pen),
    ],
    notes: [
      hasGap ? words.history.noAmount : null,
      data.period.shortened ? words.periods.shortened(format.day(data.period.from)) : null,
    ],
  };
}

/** The amount that the file states; of a trade, which states none, quantity times price, before fees. */
export function grossOf({ amount, quantity, price }: HistoryData["operations"][number]): Decimal | null {
  if (amount !== null) return amount;
  return quantity === null || price === null ? null : quantity.times(price).round(SCALE.money);
}

function feesText(fees: Decimal, currency: string, pen: Pen): string {
  return pen.format.money(fees, currency);
}

function nextQuestions({ client, asset }: HistoryData, pen: Pen): ButtonsBlock {
  const { buttons } = pen.words;
  return buttonsOf(
    [
      { label: buttons.month, ask: { intent: "history", client, asset, period: relative("month_to_date") } },
      { label: buttons.twelveMonths, ask: { intent: "history", client, asset, period: relative("12m") } },
      { label: buttons.inception, ask: { intent: "history", client, asset, period: relative("inception") } },
      { label: buttons.income, ask: { intent: "income", client, period: relative("12m") } },
      { label: buttons.portfolio, ask: { intent: "portfolio", client } },
    ],
    pen,
  );
}
