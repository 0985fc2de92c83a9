import { previousSession } from "../market/calendar.ts";
import { addDays, type IsoDay, startOfMonth } from "../money/day.ts";
import { Decimal, sum } from "../money/decimal.ts";
import { SCALE } from "../money/money.ts";
import { CATALOGUE } from "../warehouse/catalogue.ts";
import type { CatalogueQuery, Param, Row } from "../warehouse/warehouse.ts";
import type { AnnouncedPayment, Briefing, BriefingIncome, Maturity } from "./briefing-data.ts";
import { type AnswerContext, dayParam, textParam } from "./context.ts";
import { count, decimal, decimalOrNull, text, textOrNull } from "./rows.ts";

/** Maturities are told this long before. */
const MATURITY_DAYS = 30;
/** An announced payment is told from this long before its ex day … */
const ANNOUNCED_AHEAD_DAYS = 30;
/** … to this long after it, where nothing was received since: companies pay within about two months. */
const ANNOUNCED_BACK_DAYS = 60;

export type BriefingEvents = Pick<Briefing, "income" | "announced" | "maturities">;

interface Subject {
  readonly client: string | null;
  readonly day: IsoDay;
  readonly before: IsoDay | null;
}

/** What was credited, what is announced and what matures, of a book or of one client. */
export async function readEvents(
  context: AnswerContext,
  { client, day, before }: Subject,
): Promise<BriefingEvents> {
  const one = client === null ? {} : { client: textParam(client) };
  const pick = (ofClient: CatalogueQuery, ofBook: CatalogueQuery) => (client === null ? ofBook : ofClient);
  const days = (from: IsoDay, to: IsoDay): Readonly<Record<string, Param>> => ({
    ...one,
    from: dayParam(from),
    to: dayParam(to),
  });
  // What was credited with the session that is told of: after the close of the one before it. On a day without one, since the last.
  const since = previousSession(before === null ? context.today : previousSession(before));
  const monthStart = startOfMonth(context.today);
  const maturities = {
    now: pick(CATALOGUE.clientMaturities, CATALOGUE.bookMaturities),
    at: pick(CATALOGUE.clientMaturitiesAt, CATALOGUE.bookMaturitiesAt),
  };
  const [credits, announced, maturing] = await Promise.all([
    context.run(
      pick(CATALOGUE.clientCredits, CATALOGUE.bookCredits),
      days(since < monthStart ? since : monthStart, context.today),
    ),
    context.run(
      pick(CATALOGUE.clientAnnounced, CATALOGUE.bookAnnounced),
      days(addDays(day, -ANNOUNCED_BACK_DAYS), addDays(day, ANNOUNCED_AHEAD_DAYS)),
    ),
    context.value(maturities, days(day, addDays(day, MATURITY_DAYS))),
  ]);
  const inBrl = client === null;
  return {
    income: {
      session: incomeOf(
        credits.filter((row) => text(row, "date") > since),
        inBrl,
      ),
      month: incomeOf(
        credits.filter((row) => text(row, "date") >= monthStart),
        inBrl,
      ),
    },
    announced: announced.map(announcedOf),
    maturities: maturing.map(maturityOf),
  };
}

/** Of a book in BRL at the rate of each credit's day; of one client in the base currency that it was kept in. */
function incomeOf(rows: readonly Row[], inBrl: boolean): BriefingIncome {
  const parts = rows.map((row) => {
    const total = count(row, "unknown") > 0 ? null : decimalOrNull(row, "total");
    const rate = inBrl ? decimalOrNull(row, "rate_brl") : Decimal.of(1);
    const known = total === null || rate === null ? null : total.times(rate).round(SCALE.money);
    return { asset: text(row, "instrument_id"), total: known };
  });
  const known = parts.flatMap(({ asset, total }) => (total === null ? [] : [{ asset, total }]));
  return {
    total: known.length < parts.length ? null : sum(known.map(({ total }) => total)),
    byAsset: [...Map.groupBy(known, ({ asset }) => asset)]
      .map(([asset, members]) => ({ asset, total: sum(members.map(({ total }) => total)) }))
      .toSorted((left, right) => right.total.compare(left.total) || (left.asset < right.asset ? -1 : 1)),
  };
}

function announcedOf(row: Row): AnnouncedPayment {
  const asset = text(row, "instrument_id");
  return {
    asset,
    name: textOrNull(row, "name") ?? asset,
    exDay: text(row, "date"),
    amount: decimal(row, "amount"),
    currency: text(row, "currency"),
    clients: count(row, "clients"),
    quantity: decimal(row, "quantity"),
    total: decimal(row, "total").round(SCALE.money),
    source: text(row, "source"),
  };
}

function maturityOf(row: Row): Maturity {
  return {
    day: text(row, "maturity"),
    client: text(row, "client_id"),
    clientName: text(row, "client_name"),
    asset: text(row, "instrument_id"),
    class: text(row, "class"),
    currency: text(row, "currency"),
    value: decimalOrNull(row, "value"),
  };
}
