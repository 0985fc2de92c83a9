import type { CurveLotData, ExplanationData, ExplanationStep, HoldingData } from "../answers/answer.ts";
import { Decimal } from "../money/decimal.ts";
import { SCALE } from "../money/money.ts";
import type { Language } from "../questions/question.ts";
import { type Pen, penOf } from "./page.ts";
import { labelOf } from "./words.ts";

const INDENT = "    ";
const BUYS: ReadonlySet<string> = new Set(["compra", "subscricao"]);
const SALES: ReadonlySet<string> = new Set(["venda", "resgate", "vencimento"]);

/**
 * Where the figures of a holding come from, as lines for a terminal: each source row with what it did, then the
 * totals, then quantity x price x rate = value. Amounts are in the instrument's currency, with all their digits.
 */
export function presentExplanation(data: ExplanationData, language: Language): string[] {
  const pen = penOf(language);
  const { holding, steps } = data;
  const { explain } = pen.words;
  const owner = holding.clientName === "" ? holding.client : `${holding.clientName} · ${holding.client}`;
  const lines = [`${explain.title}: ${holding.asset} · ${holding.name} — ${owner}`, ""];
  if (steps.length === 0) lines.push(explain.none);
  let before: ExplanationStep | null = null;
  for (const step of steps) {
    lines.push(...stepLines(step, before, holding.currency, pen));
    before = step;
  }
  return [
    ...lines,
    "",
    ...totals(holding, pen),
    ...curveLines(data, pen),
    ...valueLines(data, pen),
    "",
    explain.run(data.runId),
  ];
}

/** What one row changed. Cumulative figures count from zero before the first row. */
function changes(step: ExplanationStep, before: ExplanationStep | null) {
  return {
    realized: step.realizedAfter.minus(before?.realizedAfter ?? Decimal.ZERO),
    income: step.incomeAfter.minus(before?.incomeAfter ?? Decimal.ZERO),
    cost: step.costAfter.minus(step.costBefore),
  };
}

function stepLines(
  step: ExplanationStep,
  before: ExplanationStep | null,
  currency: string,
  pen: Pen,
): readonly string[] {
  const { words, format } = pen;
  const row = words.explain.row(step.sourceFile, format.count(step.rowNumber));
  const head = `${format.day(step.date)} ${labelOf(words.operations, step.type)}`;
  const trade = tradeText(step, currency, pen);
  const { cost } = changes(step, before);
  const paid = isPlainBuy(step, cost) ? ` = ${format.exactIn(cost, currency)}` : "";
  const first = [head, ...(trade === "" ? [] : [`${trade}${paid}`]), row].join("  ");
  return [first, ...effectLines(step, before, currency, pen).map((line) => `${INDENT}${line}`)];
}

/** `100 × R$ 32,10 + taxas R$ 4,90`: what the row says. */
function tradeText(step: ExplanationStep, currency: string, pen: Pen): string {
  const { words, format } = pen;
  const parts: string[] = [];
  if (step.quantity !== null && step.price !== null) {
    parts.push(`${format.quantity(step.quantity)} × ${format.exactIn(step.price, currency)}`);
  } else if (step.quantity !== null) {
    parts.push(format.quantity(step.quantity));
  }
  if (step.amount !== null && step.price === null) {
    parts.push(words.explain.amount(format.exactIn(step.amount, currency)));
  }
  if (step.factor !== null) {
    parts.push(words.explain.factor(step.factor));
    // Bonus shares of the ledger: a factor in place of units, and what each is declared at.
    if (step.quantity === null && step.price !== null) parts.push(format.exactIn(step.price, currency));
  }
  const fees = step.fees.sign() === 0 ? "" : words.explain.fees(format.exactIn(step.fees, currency));
  const sign = SALES.has(step.type) ? "-" : "+";
  const said = parts.join(" · ");
  if (fees === "") return said;
  return said === "" ? fees : `${said} ${sign} ${fees}`;
}

function effectLines(
  step: ExplanationStep,
  before: ExplanationStep | null,
  currency: string,
  pen: Pen,
): readonly string[] {
  const { words, format } = pen;
  const { realized, income, cost } = changes(step, before);
  const lines: string[] = [];
  const sale = saleArithmetic(step, realized, currency, pen);
  if (sale !== null) lines.push(sale);
  else {
    if (cost.sign() < 0) lines.push(words.explain.costOut(format.exactIn(cost.negated(), currency)));
    if (realized.sign() !== 0) lines.push(words.explain.result(format.exactIn(realized, currency)));
  }
  if (income.sign() !== 0) lines.push(words.explain.income(format.exactIn(income, currency)));
  lines.push(`→ ${stateText(step, currency, pen)}`);
  return lines;
}

/** Whether the row's own figures give the change of cost: quantity x price + fees. Covering a short does not. */
function isPlainBuy(step: ExplanationStep, cost: Decimal): boolean {
  if (!BUYS.has(step.type) || step.quantity === null || step.price === null) return false;
  return step.quantity.times(step.price).round(SCALE.money).plus(step.fees).equals(cost);
}

/**
 * A sale out of the average, spelled out. Null where the arithmetic is another one (a day trade, a short), which
 * is found by doing it: nothing is shown that does not add up.
 */
function saleArithmetic(step: ExplanationStep, realized: Decimal, currency: string, pen: Pen): string | null {
  const { words, format } = pen;
  if (!SALES.has(step.type) || step.quantity === null || step.price === null) return null;
  if (step.quantityBefore.sign() <= 0 || step.quantity.sign() === 0) return null;
  const removed = step.costBefore.minus(step.costAfter);
  const expected = step.costBefore.times(step.quantity).dividedBy(step.quantityBefore, SCALE.money);
  const gross = step.quantity.times(step.price).round(SCALE.money);
  if (expected === null || !expected.equals(removed)) return null;
  if (!gross.minus(step.fees).minus(removed).equals(realized)) return null;
  const out = `${format.exact(step.costBefore)} × ${format.quantity(step.quantity)} / ${format.quantity(step.quantityBefore)} = ${format.exact(removed)}`;
  const fees = step.fees.sign() === 0 ? "" : ` - ${format.exact(step.fees)}`;
  const gain = `${format.exact(gross)}${fees} - ${format.exact(removed)} = ${format.exactIn(realized, currency)}`;
  return `${words.explain.costOutOf} = ${out}; ${words.explain.resultOf} = ${gain}`;
}

function stateText(step: ExplanationStep, currency: string, pen: Pen): string {
  const { words, format } = pen;
  if (step.quantityAfter.sign() === 0) return words.explain.closed;
  const average = step.costAfter.dividedBy(step.quantityAfter, SCALE.price);
  return words.explain.after(
    format.quantity(step.quantityAfter),
    format.exactIn(step.costAfter, currency),
    format.exactIn(average?.abs() ?? null, currency),
  );
}

function totals(holding: HoldingData, pen: Pen): readonly string[] {
  const { words, format } = pen;
  const rows: [string, Decimal | null][] = [
    [words.holding.cost, holding.cost],
    [words.holding.realized, holding.realizedGain],
    [words.holding.income, holding.income],
    [words.holding.fees, holding.fees],
    [words.holding.unrealized, holding.unrealizedGain],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, amount]) => `${label.padEnd(width)}  ${format.exactIn(amount, holding.currency)}`);
}

/** `Na curva, bruto: R$ 10.000,00 (05/01/2026, 110% do CDI) × 1,0023… = R$ 10.023,71`, a line a purchase. */
function curveLines({ curve, holding }: ExplanationData, pen: Pen): readonly string[] {
  if (curve === null) return [];
  const { format, words } = pen;
  return curve.lots.map((lot) => {
    const terms = [format.day(lot.date), termsText(lot, pen)];
    if (lot.maturity !== null) terms.push(words.explain.curveMaturity(format.day(lot.maturity)));
    const product = `${format.exactIn(lot.invested, holding.currency)} (${terms.join(", ")}) × ${format.factor(lot.factor)}`;
    // A fixed rate needs no index.
    const through = lot.index === "PRE" ? "" : ` · ${words.explain.curveThrough(format.day(curve.through))}`;
    return `${words.explain.curve}: ${product} = ${format.exactIn(lot.value, holding.currency)}${through}`;
  });
}

function termsText({ index, basis, rate }: CurveLotData, pen: Pen): string {
  const { curveTerms } = pen.words.explain;
  const said = pen.format.quantity(rate);
  if (index === "PRE") return curveTerms.fixed(said);
  return basis === "percent" ? curveTerms.percent(said, index) : curveTerms.spread(said, index);
}

/** `60 × R$ 38,12 = R$ 2.287,20`, the rate where there is another base currency, and where price and rate are from. */
function valueLines({ holding, fxRate, fxAt }: ExplanationData, pen: Pen): readonly string[] {
  const { words, format } = pen;
  if (holding.price === null || holding.value === null) return [words.explain.noPrice];
  const product = `${format.quantity(holding.quantity)} × ${format.exactIn(holding.price, holding.currency)}`;
  const lines = [`${words.explain.value}: ${product} = ${format.exactIn(holding.value, holding.currency)}`];
  if (holding.currency !== holding.baseCurrency) {
    lines.push(
      fxRate === null || holding.valueBase === null
        ? words.explain.noRate(holding.baseCurrency)
        : `${words.explain.value}: ${format.exactIn(holding.value, holding.currency)} × ${format.exact(fxRate)} = ${format.exactIn(holding.valueBase, holding.baseCurrency)}`,
    );
  }
  if (holding.priceAt !== null) {
    const source = labelOf(words.sources, holding.priceSource ?? "");
    lines.push(words.explain.price(format.moment(holding.priceAt), source));
  }
  if (fxRate !== null && fxAt !== null && holding.currency !== holding.baseCurrency) {
    lines.push(words.explain.rate(format.moment(fxAt)));
  }
  return lines;
}
