import type { Intent } from "../context.ts";
import { basisOf } from "../freshness.ts";
import { allocationOf } from "../holding-data.ts";
import { readClientBook, totalValue } from "../positions.ts";
import { clientOf } from "./required.ts";

/** What a client's portfolio is made of, by class where nothing else is said. */
export const allocation: Intent = async (context) => {
  const book = await readClientBook(context, clientOf(context.question));
  if (book === null) return null;
  const grouping = context.question.grouping ?? "class";
  return {
    result: {
      intent: "allocation",
      data: {
        client: book.client,
        clientName: book.clientName,
        baseCurrency: book.baseCurrency,
        grouping,
        value: totalValue(book.positions),
        allocation: allocationOf(book.positions, grouping),
      },
    },
    basis: basisOf(book.positions, context),
  };
};
