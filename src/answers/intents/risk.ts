import { Decimal, sum } from "../../money/decimal.ts";
import { drawdown, herfindahl, volatility } from "../../portfolio/risk.ts";
import type { RiskData } from "../answer.ts";
import type { AnswerContext, Intent } from "../context.ts";
import type { Session } from "../history.ts";
import { basisOfPeriod, type Measured, measure, performanceIn } from "../measure.ts";
import { PERCENT_SCALE, percentOf, percentOfDouble } from "../percent.ts";
import { twelveMonths } from "../period.ts";
import { grossValue, isOpen, type Position } from "../positions.ts";
import { clientOf } from "./required.ts";

/** What the FGC guarantees of one issuer's deposits to one person, in BRL. */
const FGC_LIMIT = Decimal.of(250_000);
const GUARANTEED: ReadonlySet<string> = new Set(["cdb", "lci", "lca"]);
const LARGEST = 5;

/** How much a portfolio varies, fell, and leans on few positions or issuers (docs/money.md, rule 12). */
export const risk: Intent = async (context) => {
  const { question, today } = context;
  const measured = await measure(context, clientOf(question), question.period ?? twelveMonths(today));
  if (measured === null) return null;
  const { book } = measured;
  const { period } = await performanceIn(context, measured, "CDI");
  const sessions = measured.history.sessions.filter(({ date }) => date >= period.from && date <= period.to);
  const deviation = volatility(sessions.map(({ index }) => index.toNumber()));
  const open = book.positions.filter(isOpen);
  const data: RiskData = {
    client: book.client,
    clientName: book.clientName,
    baseCurrency: book.baseCurrency,
    period,
    sessions: Math.max(0, sessions.length - 1),
    volatilityPercent: deviation === null ? null : percentOfDouble(deviation),
    drawdown: drawdownOf(sessions),
    largest: largestOf(open),
    herfindahl: herfindahl(open.flatMap(({ valueBase }) => (valueBase === null ? [] : [valueBase.abs()]))),
    aboveFgc: book.baseCurrency === "BRL" ? aboveFgc(open) : [],
  };
  return { result: { intent: "risk", data }, basis: await basisOfRisk(context, measured) };
};

async function basisOfRisk(context: AnswerContext, measured: Measured): ReturnType<typeof basisOfPeriod> {
  const basis = await basisOfPeriod(context, measured);
  return { ...basis, sources: basis.sources.filter((note) => note.of === "prices" || note.of === "fx") };
}

function drawdownOf(sessions: readonly Session[]): RiskData["drawdown"] {
  const fall = drawdown(sessions);
  return fall === null ? null : { ...fall, percent: fall.percent.round(PERCENT_SCALE) };
}

function largestOf(open: readonly Position[]): RiskData["largest"] {
  const gross = grossValue(open);
  return open
    .flatMap(({ asset, valueBase }) => {
      const weightPercent = valueBase === null ? null : percentOf(valueBase, gross);
      return weightPercent === null ? [] : [{ asset, weightPercent }];
    })
    .toSorted((left, right) => right.weightPercent.abs().compare(left.weightPercent.abs()))
    .slice(0, LARGEST);
}

/** Deposits by issuer above the limit. A deposit whose issuer nobody registered cannot be counted. */
function aboveFgc(open: readonly Position[]): RiskData["aboveFgc"] {
  const deposits = open.filter(({ class: kind, issuer }) => GUARANTEED.has(kind) && issuer !== null);
  return [...Map.groupBy(deposits, ({ issuer }) => issuer ?? "")]
    .map(([issuer, members]) => ({
      issuer,
      value: sum(members.flatMap(({ valueBase }) => (valueBase === null ? [] : [valueBase]))),
    }))
    .filter(({ value }) => value.compare(FGC_LIMIT) > 0)
    .toSorted((left, right) => right.value.compare(left.value));
}
