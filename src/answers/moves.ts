import type { IsoDay } from "../money/day.ts";
import { Decimal } from "../money/decimal.ts";
import { SCALE } from "../money/money.ts";
import { CATALOGUE } from "../warehouse/catalogue.ts";
import type { Row } from "../warehouse/warehouse.ts";
import { type AnswerContext, textParam } from "./context.ts";
import { bookOf, type Position } from "./positions.ts";
import { count, decimalOrNull, text, textOrNull } from "./rows.ts";

/** What an asset did to a portfolio: the gain, and what had been invested in it, in one currency. */
export interface Move {
  readonly asset: string;
  readonly name: string;
  readonly change: Decimal;
  /** Value before and the net of what came in: what the change is a percentage of. */
  readonly invested: Decimal;
}

/** An asset in a portfolio, or in all of them, on a day: cumulative amounts since the start. */
interface Standing {
  readonly asset: string;
  readonly name: string;
  readonly baseCurrency: string;
  /** BRL for one unit of the base currency; null where none is known. */
  readonly rateBrl: Decimal | null;
  readonly value: Decimal;
  readonly cost: Decimal;
  readonly realized: Decimal;
  readonly income: Decimal;
  /** Positions whose value or cost is not known, and which the amounts leave out. */
  readonly unknown: number;
}

/** Cash is no mover: what it gained is the currency's doing. */
const CASH = /^CAIXA-/;

/** The moves of the newest session in one client's portfolio. */
export function dayMoves(positions: readonly Position[]): readonly Move[] {
  return positions.flatMap(({ asset, name, moves, dayChange, previousBase, flowBase }) =>
    CASH.test(asset) || !moves || dayChange === null || previousBase === null || flowBase === null
      ? []
      : [{ asset, name, change: dayChange, invested: invested(previousBase, flowBase) }],
  );
}

/** The moves of the newest session in all portfolios, in BRL. */
export function bookDayMoves(rows: readonly Row[]): readonly Move[] {
  const parts = rows.flatMap((row) => {
    const rate = decimalOrNull(row, "rate_brl");
    const amounts = ["day_change", "previous_base", "flow_base"].map((name) => decimalOrNull(row, name));
    const [change, previous, flow] = amounts.map((amount) =>
      amount === null || rate === null ? null : inBrl(amount, rate),
    );
    if (CASH.test(text(row, "instrument_id")) || change == null || previous == null || flow == null)
      return [];
    return [
      { asset: text(row, "instrument_id"), name: nameOf(row), change, invested: invested(previous, flow) },
    ];
  });
  return merged(parts);
}

/**
 * The moves between two closes in one client's portfolio; a null base is the start. The gain is what value, realised
 * gain and income grew by beyond cost (docs/money.md, rule 10).
 */
export async function clientMoves(
  context: AnswerContext,
  client: string,
  ends: { readonly base: IsoDay | null; readonly to: IsoDay | null },
): Promise<readonly Move[]> {
  const query = { now: CATALOGUE.clientPositions, at: CATALOGUE.clientPositionsAt };
  const read = async (day: IsoDay | null): Promise<readonly Standing[]> => {
    const book = bookOf(await context.value(query, { client: textParam(client) }, day));
    return (book?.positions ?? []).map(standingOfPosition);
  };
  const [before, after] = await Promise.all([ends.base === null ? [] : read(ends.base), read(ends.to)]);
  return movesBetween(before, after, (amount) => amount);
}

/** The same over all portfolios, in BRL at the rate of the later close. */
export async function bookMoves(
  context: AnswerContext,
  ends: { readonly base: IsoDay | null; readonly to: IsoDay | null },
): Promise<readonly Move[]> {
  const query = { now: CATALOGUE.bookInstruments, at: CATALOGUE.bookInstrumentsAt };
  const read = async (day: IsoDay | null): Promise<readonly Standing[]> =>
    (await context.value(query, {}, day)).map(standingOfRow);
  const [before, after] = await Promise.all([ends.base === null ? [] : read(ends.base), read(ends.to)]);
  return merged(
    movesBetween(before, after, (amount, { rateBrl }) => (rateBrl === null ? null : inBrl(amount, rateBrl))),
  );
}

function movesBetween(
  before: readonly Standing[],
  after: readonly Standing[],
  convert: (amount: Decimal, standing: Standing) => Decimal | null,
): readonly Move[] {
  const keyOf = ({ asset, baseCurrency }: Standing): string => `${asset} ${baseCurrency}`;
  const known = new Map(before.map((standing) => [keyOf(standing), standing]));
  return after.flatMap((end): readonly Move[] => {
    const start = known.get(keyOf(end));
    // A position that became known, or unknown, on the way would look like a gain.
    if (CASH.test(end.asset) || (start !== undefined && start.unknown !== end.unknown)) return [];
    const opening = start?.value ?? Decimal.ZERO;
    const flow = paidIn(end).minus(start === undefined ? Decimal.ZERO : paidIn(start));
    const received = end.income.minus(start?.income ?? Decimal.ZERO);
    const change = convert(end.value.minus(opening).minus(flow).plus(received), end);
    const base = convert(invested(opening, flow), end);
    return change === null || base === null
      ? []
      : [{ asset: end.asset, name: end.name, change, invested: base }];
  });
}

/** Buys less sells so far, fees included: cost less realised gain is what has not come back. */
function paidIn({ cost, realized }: Standing): Decimal {
  return cost.minus(realized);
}

function invested(before: Decimal, flow: Decimal): Decimal {
  return flow.sign() > 0 ? before.abs().plus(flow) : before.abs();
}

function inBrl(amount: Decimal, rate: Decimal): Decimal {
  return amount.times(rate).round(SCALE.money);
}

/** One move for each asset, whatever base currencies its holders have. */
function merged(moves: readonly Move[]): readonly Move[] {
  const byAsset = new Map<string, Move>();
  for (const move of moves) {
    const before = byAsset.get(move.asset);
    byAsset.set(
      move.asset,
      before === undefined
        ? move
        : { ...move, change: before.change.plus(move.change), invested: before.invested.plus(move.invested) },
    );
  }
  return [...byAsset.values()];
}

function standingOfPosition(position: Position): Standing {
  const { valueBase, costBase, realizedGainBase, incomeBase, costKnown } = position;
  const known =
    costKnown && valueBase !== null && costBase !== null && realizedGainBase !== null && incomeBase !== null;
  return {
    asset: position.asset,
    name: position.name,
    baseCurrency: position.baseCurrency,
    rateBrl: null,
    value: known ? valueBase : Decimal.ZERO,
    cost: known ? costBase : Decimal.ZERO,
    realized: known ? realizedGainBase : Decimal.ZERO,
    income: known ? incomeBase : Decimal.ZERO,
    unknown: known ? 0 : 1,
  };
}

function standingOfRow(row: Row): Standing {
  const amount = (name: string): Decimal => decimalOrNull(row, name) ?? Decimal.ZERO;
  return {
    asset: text(row, "instrument_id"),
    name: nameOf(row),
    baseCurrency: text(row, "base_currency"),
    rateBrl: decimalOrNull(row, "rate_brl"),
    value: amount("value_base"),
    cost: amount("cost_base"),
    realized: amount("realized_gain_base"),
    income: amount("income_base"),
    unknown: count(row, "unknown"),
  };
}

function nameOf(row: Row): string {
  return textOrNull(row, "name") ?? text(row, "instrument_id");
}
