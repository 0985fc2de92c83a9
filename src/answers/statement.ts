import { addMonths, type IsoDay, startOfMonth } from "../money/day.ts";
import { Decimal } from "../money/decimal.ts";
import type { Period } from "../questions/question.ts";
import { CATALOGUE } from "../warehouse/catalogue.ts";
import type {
  AnswerData,
  PerformanceData,
  StatementData,
  StatementMonth,
  StatementMovement,
  StatementReturn,
} from "./answer.ts";
import { type AnswerContext, type Intent, textParam } from "./context.ts";
import { readClientFindings, toCheckOf } from "./findings.ts";
import { history } from "./intents/history.ts";
import { income } from "./intents/income.ts";
import { holdingsOf } from "./intents/portfolio.ts";
import { basisOfPeriod, type Measured, measure, performanceIn } from "./measure.ts";
import { BEGINNING, closesOf, twelveMonths } from "./period.ts";
import { text } from "./rows.ts";

/** A report of more rows than these is no report: it says how many it leaves out. */
const OPERATIONS_MAX = 5_000;
/** The months of the table before the period's own: with its last one, a year. */
const MONTHS_BEFORE = 11;

/**
 * The figures of a client's report on a period, each by the very code of the answer that a chat gives of the same moment; null where
 * the asker has no such client.
 */
export async function readStatement(
  context: AnswerContext,
  client: string,
  period: Period,
): Promise<StatementData | null> {
  const [measured, broker, operations, received, findings] = await Promise.all([
    measure(context, client, { kind: "inception", from: null, to: period.to }),
    brokerOf(context, client),
    alsoAsked(history, context, { period, limit: OPERATIONS_MAX }),
    alsoAsked(income, context, { period, limit: null }),
    readClientFindings(context, client),
  ]);
  if (measured === null || broker === null) return null;
  if (operations?.intent !== "history" || received?.intent !== "income") return null;
  const { book } = measured;
  const { data, base } = await over(context, measured, period);
  const { series: _series, ...performance } = data;
  const months = await monthsOf(context, measured, period);
  const { data: stretch } = await over(context, measured, monthsPeriod(period));
  const basis = await basisOfPeriod(context, measured);
  return {
    client: book.client,
    clientName: book.clientName,
    broker,
    baseCurrency: book.baseCurrency,
    period: { ...period, from: period.from ?? measured.history.firstDate ?? period.to },
    day: period.to < context.today ? period.to : context.today,
    live: !context.past,
    ...holdingsOf(book),
    performance,
    movement: movementOf(measured, data, base),
    returns: await returnsOf(context, measured, period),
    months,
    series: stretch.series,
    seriesFrom: stretch.period.from,
    operations: operations.data.operations.toReversed(),
    moreOperations: operations.data.more,
    income: received.data,
    toCheck: toCheckOf(findings ?? []),
    asOf: basis.asOf,
    sources: basis.sources,
    stale: basis.stale,
    demo: context.snapshot.demo,
    runId: context.snapshot.runId,
  };
}

async function brokerOf(context: AnswerContext, client: string): Promise<string | null> {
  const [row] = await context.run(CATALOGUE.clientBroker, { client: textParam(client) });
  return row === undefined ? null : text(row, "broker_id");
}

/** What another question about the same client comes to, in the same version of the book. */
async function alsoAsked(
  intent: Intent,
  context: AnswerContext,
  asked: { readonly period: Period; readonly limit: number | null },
): Promise<AnswerData | null> {
  return (await intent({ ...context, question: { ...context.question, ...asked } }))?.result ?? null;
}

/** The performance over a period within all of a client's history, and the close that was asked to be its base. */
async function over(
  context: AnswerContext,
  measured: Measured,
  period: Period,
): Promise<{ readonly data: PerformanceData; readonly base: IsoDay | null }> {
  const closes = context.asOf === null ? measured.closes : closesOf(period, measured.closes.to);
  return { data: await performanceIn(context, { ...measured, closes }, "CDI"), base: closes.base };
}

/** What the period's value was, what moved it, and what it became. */
function movementOf(
  { history: { sessions } }: Measured,
  { period, gain }: Pick<PerformanceData, "period" | "gain">,
  base: IsoDay | null,
): StatementMovement | null {
  const valueOn = (day: IsoDay): Decimal | undefined => sessions.find(({ date }) => date === day)?.value;
  const closing = valueOn(period.to);
  if (closing === undefined) return null;
  const opening = (base === null ? undefined : valueOn(base)) ?? Decimal.ZERO;
  return { opening, moved: closing.minus(opening).minus(gain.total), gain: gain.total, closing };
}

async function returnsOf(
  context: AnswerContext,
  measured: Measured,
  period: Period,
): Promise<readonly StatementReturn[]> {
  const { to } = period;
  const periods: readonly Period[] = [
    period,
    { kind: "year_to_date", from: `${to.slice(0, 4)}-01-01`, to },
    twelveMonths(to),
    { kind: "inception", from: null, to },
  ];
  const all = await Promise.all(periods.map(async (one) => (await over(context, measured, one)).data));
  return all
    .filter(
      ({ period: { from } }, place, kept) => kept.findIndex((one) => one.period.from === from) === place,
    )
    .map(({ series: _series, gain: _gain, ...rest }) => rest);
}

/** The period of the table of months and of its chart: a year at least, the whole period where that is longer. */
function monthsPeriod({ from, to }: Period): Period {
  const year = addMonths(startOfMonth(to), -MONTHS_BEFORE);
  const start = from === null || from < year ? from : year;
  return {
    kind: start === null ? "inception" : "range",
    from: start === null ? null : startOfMonth(start),
    to,
  };
}

async function monthsOf(
  context: AnswerContext,
  measured: Measured,
  period: Period,
): Promise<readonly StatementMonth[]> {
  const from = monthsPeriod(period).from ?? BEGINNING;
  const lasts = new Map<string, { readonly to: IsoDay; readonly value: Decimal }>();
  for (const { date, value } of measured.history.sessions) {
    if (date >= from && date <= measured.closes.to) lasts.set(date.slice(0, 7), { to: date, value });
  }
  return await Promise.all(
    [...lasts].map(async ([month, { to, value }]) => {
      const { data, base } = await over(context, measured, { kind: "range", from: `${month}-01`, to });
      return {
        month,
        to,
        value,
        moved: movementOf(measured, data, base)?.moved ?? Decimal.ZERO,
        gain: data.gain.total,
        twrPercent: data.twrPercent,
        cdiPercent: data.cdiPercent,
        ibovPercent: data.ibovPercent,
      };
    }),
  );
}
