import type { WatchedClient } from "../../src/answers/watch.ts";
import { addDays, dayNumber } from "../../src/money/day.ts";
import { Decimal } from "../../src/money/decimal.ts";
import type { Rule, RuleDirection } from "./rule.ts";
import type { Seen } from "./step.ts";
import { CLEAR, INCOME_DAYS, URGENT_TIMES } from "./thresholds.ts";
import type { OwnerScope, Watched } from "./watched.ts";

/** What a firing keeps of its moment, as text: decimals plain, days and instants ISO. */
export type Facts = Readonly<Record<string, string>>;

/** One subject of a rule: an instrument, a client, a position. */
export interface Observation extends Seen {
  readonly subject: string;
  /** Whether twice the threshold is urgent: of moves. */
  readonly isMove: boolean;
  facts(): Facts;
}

/** Kinds of which only what stands out is seen: what is not seen any more is over. */
export const SEEN_ONLY_BEYOND: ReadonlySet<Rule["kind"]> = new Set(["weight", "asset_cost", "stale"]);

const STALE: ReadonlySet<string> = new Set(["old", "late", "missing"]);
const ONCE_THERE = {
  measure: Decimal.of(1),
  limit: Decimal.ZERO,
  clear: Decimal.ZERO,
  day: null,
  isMove: false,
};

/** What a rule sees within its owner's scope. */
export function observe(rule: Rule, scope: OwnerScope, watched: Watched): readonly Observation[] {
  switch (rule.kind) {
    case "asset_day":
      return assetsOf(rule, scope).flatMap((asset) => assetDay(rule, asset, watched));
    case "asset_level":
      return scope.isWatchable(rule.asset) ? assetLevel(rule, watched) : [];
    case "asset_cost":
      return costs(rule, scope, watched);
    case "client_day":
    case "client_money":
      return scope.rows(watched.clients, rule.client).flatMap((one) => clientDay(rule, one, watched));
    case "weight":
      return weights(rule, scope, watched);
    case "income":
      return incomes(rule, scope, watched);
    case "maturity":
      return maturities(rule, scope, watched);
    case "stale":
      return stales(scope);
  }
}

/** Whether an observation that fires is told at once. */
export function isUrgent(rule: Rule, { measure, limit, isMove }: Observation): boolean {
  return rule.urgent || (isMove && measure !== null && measure.compare(limit.times(URGENT_TIMES)) >= 0);
}

function assetsOf(rule: Extract<Rule, { kind: "asset_day" }>, scope: OwnerScope): readonly string[] {
  if (rule.asset === null) return [...scope.held().keys()];
  return scope.isWatchable(rule.asset) ? [rule.asset] : [];
}

function waysOf(direction: RuleDirection): readonly ("up" | "down")[] {
  return direction === "either" ? ["up", "down"] : [direction];
}

/** The limits of a move, measured in the direction of the rule. */
function move(figure: Decimal | null, way: "up" | "down", threshold: Decimal) {
  return {
    measure: figure === null || way === "up" ? figure : figure.negated(),
    limit: threshold,
    clear: threshold.times(CLEAR.move),
    isMove: true,
  };
}

function assetDay(
  rule: Extract<Rule, { kind: "asset_day" }>,
  asset: string,
  { quotes, today }: Watched,
): readonly Observation[] {
  const quote = quotes.get(asset);
  if (quote === undefined) return [];
  const figure = quote.today ? quote.dayPercent : null;
  return waysOf(rule.direction).map((way) => ({
    ...move(figure, way, rule.percent),
    subject: `${asset} ${way}`,
    once: "day",
    day: today,
    facts: () => ({ ...quoteFacts(quote), way, percent: text(figure) }),
  }));
}

function assetLevel(
  rule: Extract<Rule, { kind: "asset_level" }>,
  { quotes }: Watched,
): readonly Observation[] {
  const quote = quotes.get(rule.asset);
  if (quote === undefined) return [];
  const up = rule.direction === "up";
  const measure = !quote.current ? null : up ? quote.price : quote.price.negated();
  return [
    {
      subject: rule.asset,
      measure,
      limit: up ? rule.level : rule.level.negated(),
      clear: up ? rule.level.times(CLEAR.levelUp) : rule.level.times(CLEAR.levelDown).negated(),
      once: "episode",
      day: null,
      isMove: false,
      facts: () => ({ ...quoteFacts(quote), way: rule.direction, level: rule.level.toJSON() }),
    },
  ];
}

function quoteFacts(quote: {
  readonly asset: string;
  readonly price: Decimal;
  readonly currency: string;
  readonly class: string;
  readonly priceAt: string | null;
  readonly source: string | null;
}): Facts {
  const { asset, price, priceAt, source } = quote;
  // Levels of indices are no money.
  const currency = quote.class === "indice" ? "" : quote.currency;
  return { asset, price: price.toJSON(), currency, priceAt: priceAt ?? "", source: source ?? "" };
}

function costs(
  rule: Extract<Rule, { kind: "asset_cost" }>,
  scope: OwnerScope,
  watched: Watched,
): readonly Observation[] {
  const rows = scope
    .rows(watched.gains, null)
    .filter(({ asset }) => rule.asset === null || asset === rule.asset);
  return rows.flatMap((row) => {
    const figure = watched.quotes.get(row.asset)?.current === true ? row.percent : null;
    return waysOf(rule.direction).map((way) => ({
      ...move(figure, way, rule.percent),
      subject: `${row.client}|${row.asset} ${way}`,
      once: "episode" as const,
      day: null,
      facts: () => ({
        ...clientFacts(row),
        way,
        asset: row.asset,
        currency: row.currency,
        price: text(row.price),
        average: text(row.averageCost),
        percent: text(row.percent),
      }),
    }));
  });
}

function clientDay(
  rule: Extract<Rule, { kind: "client_day" | "client_money" }>,
  row: WatchedClient,
  { today }: Watched,
): readonly Observation[] {
  const [figure, threshold] =
    rule.kind === "client_day" ? [row.percent, rule.percent] : [row.changeBrl, rule.amount];
  return waysOf(rule.direction).map((way) => ({
    ...move(figure, way, threshold),
    subject: `${row.client} ${way}`,
    once: "day",
    day: today,
    facts: () => ({
      ...clientFacts(row),
      way,
      percent: text(row.percent),
      changeBrl: text(row.changeBrl),
      leftOut: String(row.leftOut),
    }),
  }));
}

function clientFacts(row: {
  readonly broker: string;
  readonly client: string;
  readonly priceAt: string | null;
  readonly source: string | null;
}): Facts {
  const { broker, client, priceAt, source } = row;
  return { broker, client, priceAt: priceAt ?? "", source: source ?? "" };
}

function weights(
  rule: Extract<Rule, { kind: "weight" }>,
  scope: OwnerScope,
  watched: Watched,
): readonly Observation[] {
  const rows = scope
    .rows(watched.weights, rule.client)
    .filter(({ asset }) => rule.asset === null || asset === rule.asset);
  const held = scope.held();
  return rows.map((row) => ({
    subject: `${row.client}|${row.asset}`,
    measure: STALE.has(held.get(row.asset)?.stale?.reason ?? "") ? null : row.weightPercent,
    limit: rule.percent,
    clear: rule.percent.times(CLEAR.weight),
    once: "episode",
    day: null,
    isMove: false,
    facts: () => ({ ...clientFacts(row), asset: row.asset, percent: text(row.weightPercent) }),
  }));
}

function incomes(
  rule: Extract<Rule, { kind: "income" }>,
  scope: OwnerScope,
  { announced, today }: Watched,
): readonly Observation[] {
  const since = addDays(today, -INCOME_DAYS);
  return announced
    .filter(
      ({ asset, date }) =>
        date >= since && (rule.asset === null || asset === rule.asset) && scope.held().has(asset),
    )
    .map(({ asset, date, amount }) => ({
      ...ONCE_THERE,
      subject: `${asset}|${date}`,
      once: "ever",
      facts: () => ({ asset, date, amount: text(amount) }),
    }));
}

function maturities(
  rule: Extract<Rule, { kind: "maturity" }>,
  scope: OwnerScope,
  { maturities: all, today }: Watched,
): readonly Observation[] {
  return scope.rows(all, rule.client).flatMap((row) => {
    const days = dayNumber(row.maturity) - dayNumber(today);
    if (days > rule.days) return [];
    const { broker, client, asset, maturity } = row;
    return [
      {
        ...ONCE_THERE,
        subject: `${client}|${asset}|${maturity}`,
        once: "ever" as const,
        facts: () => ({ broker, client, asset, maturity, days: String(days) }),
      },
    ];
  });
}

function stales(scope: OwnerScope): readonly Observation[] {
  return [...scope.held().values()].flatMap(({ asset, stale }) => {
    if (stale === null || !STALE.has(stale.reason)) return [];
    const { reason, priceAt } = stale;
    return [
      {
        ...ONCE_THERE,
        subject: asset,
        once: "episode" as const,
        facts: () => ({ asset, reason, priceAt: priceAt ?? "" }),
      },
    ];
  });
}

function text(figure: Decimal | null): string {
  return figure === null ? "" : figure.toJSON();
}
