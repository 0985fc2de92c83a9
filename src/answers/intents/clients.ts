import { CATALOGUE } from "../../warehouse/catalogue.ts";
import { countParam, type Intent } from "../context.ts";
import { basisOfBook } from "../freshness.ts";
import { count, decimalOrNull, text } from "../rows.ts";

const LISTED = 20;

/** The asker's clients by name, with what their portfolios are worth. */
export const clients: Intent = async (context) => {
  const [rows, instruments] = await Promise.all([
    context.value(
      { now: CATALOGUE.bookClientsByName, at: CATALOGUE.bookClientsByNameAt },
      { limit: countParam(context.question.limit ?? LISTED) },
    ),
    context.value({ now: CATALOGUE.bookInstruments, at: CATALOGUE.bookInstrumentsAt }, {}),
  ]);
  const listed = rows.map((row) => ({
    client: text(row, "client_id"),
    name: text(row, "name"),
    value: decimalOrNull(row, "value"),
    baseCurrency: text(row, "base_currency"),
  }));
  const all = rows[0] === undefined ? 0 : count(rows[0], "clients");
  return {
    result: { intent: "clients", data: { clients: listed, more: all - listed.length } },
    basis: basisOfBook(instruments, context),
  };
};
