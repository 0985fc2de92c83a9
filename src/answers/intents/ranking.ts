import { periodBases } from "../../market/periods.ts";
import type { IsoDay } from "../../money/day.ts";
import { Decimal } from "../../money/decimal.ts";
import { CATALOGUE } from "../../warehouse/catalogue.ts";
import type { Row } from "../../warehouse/warehouse.ts";
import type { RankingData } from "../answer.ts";
import { type AnswerContext, type Basis, dayParam, type Intent, NO_BASIS } from "../context.ts";
import { basisOfBook, closedOn } from "../freshness.ts";
import { percentChange } from "../percent.ts";
import { BEGINNING, closesOf, twelveMonths } from "../period.ts";
import { decimal, decimalOrNull, text } from "../rows.ts";

const LISTED = 10;
const ONE = Decimal.of(1);

/** The periods whose index points client_summary keeps, by the kind that a question names them with. */
const SUMMARIES: ReadonlyMap<string, keyof ReturnType<typeof periodBases>> = new Map([
  ["today", "day"],
  ["week_to_date", "wtd"],
  ["month_to_date", "mtd"],
  ["3m", "3m"],
  ["6m", "6m"],
  ["12m", "12m"],
  ["year_to_date", "ytd"],
]);

interface Ranked {
  readonly client: string;
  readonly name: string;
  readonly twrPercent: Decimal;
  readonly value: Decimal;
  readonly baseCurrency: string;
}

interface Indexes {
  readonly rows: readonly Row[];
  /** The column that holds the index at the base. */
  readonly column: string;
}

/** The asker's clients by return, twelve months where no period is said; best first, worst first for `down`. */
export const ranking: Intent = async (context) => {
  const { question, asOf, today } = context;
  const direction = question.direction ?? "up";
  const period = question.period ?? twelveMonths(today);
  if (asOf === null) {
    const none = { kind: period.kind, from: period.from ?? today, to: today, shortened: false };
    return { result: { intent: "ranking", data: { period: none, direction, clients: [] } }, basis: NO_BASIS };
  }
  const { base, to } = closesOf(period, asOf);
  const [{ rows, column }, basis] = await Promise.all([
    indexesOf(context, { kind: period.kind, base, to }),
    basisAt(context, to),
  ]);
  const ranked = rows.flatMap((row) => rankedOf(row, column));
  const sign = direction === "up" ? 1 : -1;
  const clients = ranked
    .toSorted(
      (left, right) =>
        sign * right.twrPercent.compare(left.twrPercent) || (left.client < right.client ? -1 : 1),
    )
    .slice(0, question.limit ?? LISTED);
  const listed = new Set(clients.map(({ client }) => client));
  const starts = rows
    .filter((row) => listed.has(text(row, "client_id")))
    .map((row) => text(row, "first_date"));
  const data: RankingData = {
    period: {
      kind: period.kind,
      from: base ?? starts.toSorted()[0] ?? to,
      to,
      shortened: base !== null && starts.some((first) => first > base),
    },
    direction,
    clients,
  };
  return { result: { intent: "ranking", data }, basis };
};

/** Whose closes of `to` the returns end with, and what is missing among them. */
async function basisAt(context: AnswerContext, to: IsoDay): Promise<Basis> {
  const instruments = { now: CATALOGUE.bookInstruments, at: CATALOGUE.bookInstrumentsAt };
  const over = context.past || to !== context.asOf;
  const basis = basisOfBook(await context.value(instruments, {}, over ? to : null), context);
  return over ? closedOn(to, basis) : { ...basis, asOf: to };
}

/** A standard period that ends with the last session is read from the summaries, any other from the daily indexes. */
async function indexesOf(
  context: AnswerContext,
  period: { kind: string; base: IsoDay | null; to: IsoDay },
): Promise<Indexes> {
  const { asOf, past } = context;
  const summary = SUMMARIES.get(period.kind);
  if (summary !== undefined && !past && asOf === period.to && periodBases(asOf)[summary] === period.base) {
    return { rows: await context.run(CATALOGUE.clientSummaries, {}), column: `p_${summary}_index` };
  }
  const ends = { from: dayParam(period.base ?? BEGINNING), to: dayParam(period.to) };
  return { rows: await context.run(CATALOGUE.clientIndexes, ends), column: "base_index" };
}

/** A client who is younger than the period starts with an index of 1. */
function rankedOf(row: Row, column: string): readonly Ranked[] {
  const index = decimalOrNull(row, "twr_index");
  if (index === null) return [];
  const twrPercent = percentChange({ from: decimalOrNull(row, column) ?? ONE, to: index });
  return twrPercent === null
    ? []
    : [
        {
          client: text(row, "client_id"),
          name: text(row, "name"),
          twrPercent,
          value: decimal(row, "value"),
          baseCurrency: text(row, "base_currency"),
        },
      ];
}
