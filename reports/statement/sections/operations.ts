import type { StatementData } from "../../../src/answers/answer.ts";
import { currencySymbol, UNKNOWN } from "../../../src/messages/format.ts";
import type { Pen } from "../../../src/messages/page.ts";
import { grossOf } from "../../../src/messages/present/history.ts";
import { labelOf } from "../../../src/messages/words.ts";
import { sum } from "../../../src/money/decimal.ts";
import type { SheetBlock, SheetTable } from "../sheet.ts";
import { capital, left, plain, right } from "./cells.ts";

/** Every operation of the period, the oldest first, and what they cost in fees. */
export function operationsBlocks(data: StatementData, pen: Pen): readonly SheetBlock[] {
  const { operations } = pen.words.statement;
  if (data.operations.length === 0) {
    return [{ kind: "text", title: operations.title, paragraphs: [operations.none], style: "body" }];
  }
  const { moreOperations } = data;
  return [
    operationsTable(data, pen),
    ...(moreOperations === 0
      ? []
      : [
          {
            kind: "text",
            paragraphs: [operations.more(pen.format.count(moreOperations))],
            style: "warning",
          } as const,
        ]),
  ];
}

function operationsTable(data: StatementData, pen: Pen): SheetTable {
  const { words, format } = pen;
  const { columns, statement } = words;
  const symbol = currencySymbol(data.baseCurrency);
  // The heads name the base currency; an amount in another one bears its own.
  const inCurrency = (text: string, currency: string) =>
    currency === data.baseCurrency || text === UNKNOWN ? text : `${currencySymbol(currency)} ${text}`;
  return {
    kind: "table",
    title: `${statement.operations.title} · ${statement.operations.count(format.count(data.operations.length), data.operations.length > 1)}`,
    columns: [
      left(capital(columns.date)),
      left(capital(columns.operation)),
      left(capital(columns.asset), "fill"),
      right(capital(columns.quantity)),
      right(words.unit(capital(columns.price), symbol)),
      right(words.unit(capital(columns.value), symbol)),
      right(words.unit(capital(columns.fees), symbol)),
    ],
    rows: data.operations.map((operation) => ({
      cells: [
        plain(format.day(operation.date)),
        plain(labelOf(words.operations, operation.type)),
        { text: operation.asset ?? UNKNOWN, strong: true },
        plain(format.quantity(operation.quantity)),
        plain(inCurrency(format.price(operation.price), operation.currency)),
        plain(inCurrency(format.amount(grossOf(operation)), operation.currency)),
        plain(inCurrency(format.amount(operation.fees), operation.currency)),
      ],
    })),
  };
}

/** Fees by sort of operation, each in its own currency, and what they took from the gain. */
export function feesBlocks(data: StatementData, pen: Pen): readonly SheetBlock[] {
  const { words, format } = pen;
  const { fees } = words.statement;
  const charged = data.operations.filter((operation) => operation.fees.sign() !== 0);
  if (charged.length === 0) {
    return [{ kind: "text", title: fees.title, paragraphs: [fees.none], style: "body" }];
  }
  const groups = Map.groupBy(charged, ({ type, currency }) => `${type} ${currency}`);
  const taken = format.money(data.performance.gain.fees, data.baseCurrency);
  return [
    {
      kind: "table",
      title: fees.title,
      columns: [left(fees.byType, "fill"), right(fees.count), right(capital(words.columns.total))],
      rows: [...groups.values()].map((members) => ({
        cells: [
          plain(labelOf(words.operations, members[0]?.type ?? "")),
          plain(format.count(members.length)),
          plain(format.money(sum(members.map((member) => member.fees)), members[0]?.currency ?? "")),
        ],
      })),
    },
    ...(data.movement === null
      ? []
      : [{ kind: "text", paragraphs: [fees.inResult(taken)], style: "small" } as const]),
  ];
}
