import { Decimal } from "../../money/decimal.ts";
import type { HoldingData } from "../answer.ts";
import type { AnswerContext, Intent } from "../context.ts";
import { curveBeside } from "../curve.ts";
import { readClientFindings, toCheckOf } from "../findings.ts";
import { basisOf, basisOfPrice } from "../freshness.ts";
import { holdingOf } from "../holding-data.ts";
import { type ClientBook, grossValue, isOpen, readClientBook } from "../positions.ts";
import { type Quoted, readQuote } from "../quoted.ts";
import { assetOf, clientOf } from "./required.ts";

/** What a client holds, or once held, of one asset; zero of an asset that never was in the portfolio. */
export const holding: Intent = async (context) => {
  const client = clientOf(context.question);
  const asset = assetOf(context.question);
  const [book, findings] = await Promise.all([
    readClientBook(context, client),
    readClientFindings(context, client),
  ]);
  if (book === null) return null;
  const toCheck = toCheckOf((findings ?? []).filter((finding) => finding.asset === asset));
  const position = book.positions.find((one) => one.asset === asset);
  if (position === undefined) return await neverHeld(context, book, asset);
  const curve = await curveBeside(context, position, client);
  const held = holdingOf(book, position, grossValue(book.positions));
  const data = { ...held, ...(curve === undefined ? {} : { curve }), toCheck };
  const basis = isOpen(position)
    ? basisOf([position], context)
    : { ...basisOfPrice(position, context), stale: [] };
  return { result: { intent: "holding", data }, basis };
};

async function neverHeld(context: AnswerContext, book: ClientBook, asset: string): ReturnType<Intent> {
  const quoted = await readQuote(context, asset);
  if (quoted === null) return null;
  const basis = basisOfPrice(quoted, context);
  return { result: { intent: "holding", data: nothingOf(book, quoted) }, basis: { ...basis, stale: [] } };
}

function nothingOf({ client, clientName, baseCurrency }: ClientBook, quoted: Quoted): HoldingData {
  const zero = Decimal.ZERO;
  return {
    client,
    clientName,
    asset: quoted.asset,
    name: quoted.name,
    class: quoted.class,
    sector: quoted.sector,
    currency: quoted.currency,
    baseCurrency,
    quantity: zero,
    averageCost: null,
    averageCostGross: null,
    cost: zero,
    costBase: zero,
    price: quoted.price,
    priceAt: quoted.priceAt ?? quoted.priceDate,
    priceSource: quoted.source,
    value: zero,
    valueBase: zero,
    unrealizedGain: zero,
    unrealizedGainBase: zero,
    unrealizedPercent: null,
    realizedGain: zero,
    realizedGainBase: zero,
    fees: zero,
    feesBase: zero,
    income: zero,
    incomeBase: zero,
    dayChange: zero,
    dayChangePercent: null,
    weightPercent: null,
    toCheck: null,
  };
}
