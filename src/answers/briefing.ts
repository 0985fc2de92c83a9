import { periodBases } from "../market/periods.ts";
import type { IsoDay } from "../money/day.ts";
import { CATALOGUE } from "../warehouse/catalogue.ts";
import type { Row } from "../warehouse/warehouse.ts";
import { liveSessionOfBook, readBookHistory, withLiveSessionOfBook } from "./book-history.ts";
import { allocationOfBook, CURRENCY } from "./book-totals.ts";
import type { Briefing, BriefingMove, BriefingReturn } from "./briefing-data.ts";
import { type BriefingEvents, readEvents } from "./briefing-events.ts";
import { type AnswerContext, type Basis, countParam } from "./context.ts";
import { findingsOf, readClientFindings } from "./findings.ts";
import { basisOf, basisOfBook } from "./freshness.ts";
import { type History, liveSession, readHistory, withLiveSession } from "./history.ts";
import { allocationOf } from "./holding-data.ts";
import { bookDayMoves, dayMoves, type Move } from "./moves.ts";
import { percentOf } from "./percent.ts";
import { benchmarkNotes, returnOf } from "./performance.ts";
import { dayChangeOf, dayPercent, isOpen, readClientBook, totalValue } from "./positions.ts";
import { count, decimalOrNull, text } from "./rows.ts";

/** Clients listed at either end. */
const CLIENTS_LISTED = 10;

/** Whom a briefing is about, and which day it is for: the day of a morning is not that of its figures. */
export interface BriefingSubject {
  readonly client: string | null;
  readonly day: IsoDay;
  readonly before: IsoDay | null;
}

/** Everything that a digest tells of a book, or of one client; null where the asker has no such client. */
export async function briefingOf(context: AnswerContext, subject: BriefingSubject): Promise<Briefing | null> {
  const { client } = subject;
  return client === null ? await ofBook(context, subject) : await ofClient(context, { ...subject, client });
}

type Figures = Omit<
  Briefing,
  keyof Basis | keyof BriefingEvents | "lastSession" | "demo" | "runId" | "series" | "returns"
>;

async function ofBook(context: AnswerContext, subject: BriefingSubject): Promise<Briefing> {
  const instruments = { now: CATALOGUE.bookInstruments, at: CATALOGUE.bookInstrumentsAt };
  const clients = { now: CATALOGUE.bookClientMoves, at: CATALOGUE.bookClientMovesAt };
  const [rows, moved, history, events, findings] = await Promise.all([
    context.value(instruments, {}),
    context.value(clients, { limit: countParam(CLIENTS_LISTED) }),
    historyOf(context, (range) => readBookHistory(context, range)),
    readEvents(context, subject),
    context.run(CATALOGUE.bookFindings, {}),
  ]);
  const first = moved[0];
  const total = (name: string) => (first === undefined ? null : decimalOrNull(first, name));
  const [change, previous, flow] = [
    total("total_change_brl"),
    total("total_previous_brl"),
    total("total_flow_brl"),
  ];
  const value = total("total_brl");
  const live = liveSessionOfBook(rows, context, subject.before);
  const figures: Figures = {
    client: null,
    currency: CURRENCY,
    clients: first === undefined ? 0 : count(first, "clients"),
    empty: !rows.some((row) => count(row, "holders") > 0),
    value,
    dayChange: change,
    dayChangePercent:
      change === null || previous === null || flow === null ? null : dayPercent({ change, previous, flow }),
    clientMoves: {
      moved: first === undefined ? 0 : count(first, "moved"),
      listed: moved.flatMap(clientMoveOf),
    },
    assetMoves: assetMovesOf(bookDayMoves(rows)),
    allocation: allocationOfBook(rows),
    findings: findingsOf(findings).filter(
      ({ date }) => !context.past || date === null || date <= context.today,
    ),
  };
  return await briefed(context, {
    before: subject.before,
    figures,
    events,
    live,
    history: live === null ? history : withLiveSessionOfBook(history, value, live),
    basis: basisOfBook(rows, context),
  });
}

async function ofClient(
  context: AnswerContext,
  subject: BriefingSubject & { readonly client: string },
): Promise<Briefing | null> {
  const { client, before } = subject;
  const [book, history, events, findings] = await Promise.all([
    readClientBook(context, client),
    historyOf(context, (range) => readHistory(context, client, range)),
    readEvents(context, subject),
    readClientFindings(context, client),
  ]);
  if (book === null) return null;
  const open = book.positions.filter(isOpen);
  const day = dayChangeOf(book.positions);
  const running = liveSession(book, context);
  const live = running !== null && before !== null && running >= before ? null : running;
  const figures: Figures = {
    client: { client: book.client, clientName: book.clientName },
    currency: book.baseCurrency,
    clients: 1,
    empty: open.length === 0,
    value: totalValue(open),
    dayChange: day.change,
    dayChangePercent: day.percent,
    clientMoves: null,
    assetMoves: assetMovesOf(dayMoves(book.positions)),
    allocation: allocationOf(open, "class"),
    findings: findings ?? [],
  };
  return await briefed(context, {
    before: subject.before,
    figures,
    events,
    live,
    history: live === null ? history : withLiveSession(history, book, live),
    basis: basisOf(book.positions, context),
  });
}

const NO_HISTORY: History = { firstDate: null, controlsCash: false, sessions: [] };

/** The sessions of the year, from the close that the year's return starts from. */
async function historyOf(
  { asOf }: AnswerContext,
  read: (range: { readonly from: IsoDay; readonly to: IsoDay }) => Promise<History>,
): Promise<History> {
  return asOf === null ? NO_HISTORY : await read({ from: periodBases(asOf).ytd, to: asOf });
}

interface Parts {
  readonly before: IsoDay | null;
  readonly figures: Figures;
  readonly events: BriefingEvents;
  readonly live: IsoDay | null;
  readonly history: History;
  readonly basis: Basis;
}

async function briefed(context: AnswerContext, parts: Parts): Promise<Briefing> {
  const { before, figures, events, live, history, basis } = parts;
  const levels = await context.levels();
  const to = live ?? context.asOf;
  const measured = to === null || history.sessions.length === 0 ? null : returnsTo(to, { history, levels });
  const indexes =
    measured === null || to === null ? [] : benchmarkNotes(levels, to).filter(({ of }) => of !== "IPCA");
  return {
    ...figures,
    ...events,
    lastSession: to,
    returns: measured?.returns ?? null,
    series: measured?.series ?? [],
    asOf: basis.asOf,
    sources: [...basis.sources, ...indexes],
    stale: basis.stale,
    // A morning tells of another day than its own, also where its data are that day's.
    session: before !== null && basis.session === null ? to : (basis.session ?? null),
    demo: context.snapshot.demo,
    runId: context.snapshot.runId,
  };
}

function returnsTo(
  to: IsoDay,
  input: Pick<Parameters<typeof returnOf>[0], "history" | "levels">,
): Pick<Briefing, "series"> & { readonly returns: NonNullable<Briefing["returns"]> } {
  const bases = periodBases(to);
  const between = (kind: string, base: IsoDay) => returnOf({ ...input, closes: { kind, base, to } });
  const { series, ...year } = between("year_to_date", bases.ytd);
  const bare = ({ series: _series, ...rest }: ReturnType<typeof between>): BriefingReturn => rest;
  const day = bare(between("today", bases.day));
  return { series, returns: { day, month: bare(between("month_to_date", bases.mtd)), year } };
}

function clientMoveOf(row: Row): readonly BriefingMove[] {
  const [change, previous, flow] = ["day_change_brl", "previous_brl", "flow_brl"].map((name) =>
    decimalOrNull(row, name),
  );
  if (change == null || change.sign() === 0) return [];
  const changePercent = previous == null || flow == null ? null : dayPercent({ change, previous, flow });
  return [{ id: text(row, "client_id"), name: text(row, "name"), change, changePercent }];
}

/** By what they did in money, not by percentage: a small position that doubled is no news. */
function assetMovesOf(moves: readonly Move[]): readonly BriefingMove[] {
  return moves
    .filter(({ change }) => change.sign() !== 0)
    .map(({ asset, name, change, invested }) => ({
      id: asset,
      name,
      change,
      changePercent: percentOf(change, invested),
    }))
    .toSorted(
      (left, right) => right.change.abs().compare(left.change.abs()) || (left.id < right.id ? -1 : 1),
    );
}
