import { previousSession } from "../../market/calendar.ts";
import type { IsoDay } from "../../money/day.ts";
import type { Direction } from "../../questions/question.ts";
import { CATALOGUE } from "../../warehouse/catalogue.ts";
import type { Row } from "../../warehouse/warehouse.ts";
import type { MoversData, PeriodInfo } from "../answer.ts";
import type { AnswerContext, Basis, Intent } from "../context.ts";
import { basisOf, basisOfBook, closedOn, newest } from "../freshness.ts";
import { bookDayMoves, bookMoves, clientMoves, dayMoves, type Move } from "../moves.ts";
import { percentOf } from "../percent.ts";
import { closesOf } from "../period.ts";
import { type Position, readClientBook } from "../positions.ts";
import { textOrNull } from "../rows.ts";

const LISTED = 10;
const BOOK_CURRENCY = "BRL";

/** What moved a client's portfolio, or all of them, most: in the newest session where no period is said. */
export const movers: Intent = async (context) =>
  context.question.client === null ? await ofBook(context) : await ofClient(context, context.question.client);

async function ofClient(context: AnswerContext, client: string): ReturnType<Intent> {
  const ends = endsOf(context);
  const book = await readClientBook(context, client, ends?.to);
  if (book === null) return null;
  const basis = basisOf(book.positions, context);
  const data = (period: PeriodInfo, moves: readonly Move[]): MoversData => ({
    client: book.client,
    clientName: book.clientName,
    baseCurrency: book.baseCurrency,
    period,
    movers: strongest(moves, context),
  });
  if (ends === null) return outcome(data(session(context, book.positions), dayMoves(book.positions)), basis);
  return outcome(
    data(ends.period, await clientMoves(context, client, ends)),
    ends.to === null ? basis : closedOn(ends.to, basis),
  );
}

async function ofBook(context: AnswerContext): ReturnType<Intent> {
  const query = { now: CATALOGUE.bookInstruments, at: CATALOGUE.bookInstrumentsAt };
  const ends = endsOf(context);
  const rows = await context.value(query, {}, ends?.to);
  const moves = ends === null ? bookDayMoves(rows) : await bookMoves(context, ends);
  const period = ends === null ? sessionOf(context, newestPrice(rows)) : ends.period;
  const data: MoversData = {
    client: null,
    clientName: null,
    baseCurrency: BOOK_CURRENCY,
    period,
    movers: strongest(moves, context),
  };
  const basis = basisOfBook(rows, context);
  return outcome(data, ends === null || ends.to === null ? basis : closedOn(ends.to, basis));
}

function outcome(data: MoversData, basis: Basis): Awaited<ReturnType<Intent>> {
  return { result: { intent: "movers", data }, basis };
}

interface Ends {
  readonly period: PeriodInfo;
  readonly base: IsoDay | null;
  /** Null: the answer's own moment. */
  readonly to: IsoDay | null;
}

/** The closes that a period runs between; null for the newest session, whose moves the day change tells. */
function endsOf(context: AnswerContext): Ends | null {
  const { question, asOf, past } = context;
  if (question.period === null || question.period.kind === "today" || asOf === null) return null;
  const { base, to } = closesOf(question.period, asOf);
  return {
    period: { kind: question.period.kind, from: base ?? to, to, shortened: false },
    base,
    to: to < asOf || past ? to : null,
  };
}

function session(context: AnswerContext, positions: readonly Position[]): PeriodInfo {
  return sessionOf(context, newest(positions.map(({ moves, priceDate }) => (moves ? priceDate : null))));
}

function sessionOf({ asOf, today }: AnswerContext, newestDay: string | null): PeriodInfo {
  const to = newestDay?.slice(0, 10) ?? asOf ?? today;
  return { kind: "today", from: previousSession(to), to, shortened: false };
}

function newestPrice(rows: readonly Row[]): string | null {
  return newest(rows.map((row) => textOrNull(row, "price_date")));
}

/** The strongest moves by percentage in the direction asked for, or in both; best first, worst first for falls. */
function strongest(moves: readonly Move[], { question }: AnswerContext): MoversData["movers"] {
  const all = moves.flatMap(({ asset, name, change, invested }) => {
    const changePercent = percentOf(change, invested);
    return changePercent === null || change.sign() === 0 || !goes(question.direction, change.sign())
      ? []
      : [{ asset, name, change, changePercent }];
  });
  return all
    .toSorted(
      (left, right) =>
        right.changePercent.abs().compare(left.changePercent.abs()) || (left.asset < right.asset ? -1 : 1),
    )
    .slice(0, question.limit ?? LISTED)
    .toSorted(
      (left, right) =>
        right.changePercent.compare(left.changePercent) * (question.direction === "down" ? -1 : 1),
    );
}

function goes(direction: Direction | null, sign: number): boolean {
  return direction === null || (direction === "up" ? sign > 0 : sign < 0);
}
