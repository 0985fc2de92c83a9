import { Decimal } from "../../src/money/decimal.ts";
import type { Observation } from "./observe.ts";
import type { AlertPen } from "./page.ts";
import type { Rule } from "./rule.ts";

/** How a new rule stands: the subject that is nearest to its threshold, and how far that is. */
export function sayNow(
  rule: Rule,
  seen: readonly Observation[],
  clientName: (client: string) => string,
  pen: AlertPen,
): readonly string[] {
  const { words } = pen;
  const known = seen.flatMap((one) =>
    one.measure === null ? [] : [{ one, gap: one.limit.minus(one.measure) }],
  );
  const nearest = known.toSorted((left, right) => left.gap.compare(right.gap))[0];
  if (nearest === undefined) {
    const isEvent = rule.kind === "income" || rule.kind === "maturity" || rule.kind === "stale";
    return [isEvent || (seen.length === 0 && "client" in rule) ? words.noneYet : words.nothingNow];
  }
  const current = sayCurrent(rule, nearest.one, clientName, pen);
  const line = current === null ? [] : [words.now(current)];
  if (nearest.gap.sign() < 0) return [...line, words.beyond];
  const distance = sayDistance(rule, nearest.one, nearest.gap, pen);
  return [...line, ...(distance === null ? [] : [words.left(distance)])];
}

/** `PETR4 a R$ 38,00, -1,20% no dia (20/11/2026 16:42)`; null for what has no figure. */
function sayCurrent(
  rule: Rule,
  { facts: factsOf }: Observation,
  clientName: (client: string) => string,
  { format }: AlertPen,
): string | null {
  const facts = factsOf();
  const figure = (name: string): Decimal | null => {
    const text = facts[name] ?? "";
    return text === "" ? null : Decimal.parse(text);
  };
  const at = facts["priceAt"] ? ` (${format.moment(facts["priceAt"])})` : "";
  const client = clientName(facts["client"] ?? "");
  const asset = facts["asset"] ?? "";
  const percent = figure("percent");
  const currency = facts["currency"] ?? "";
  const price = currency === "" ? format.price(figure("price")) : format.priceIn(figure("price"), currency);
  switch (rule.kind) {
    case "asset_day":
      return `${asset} ${price}, ${format.signedPercent(percent)}${at}`;
    case "asset_level":
      return `${asset} ${price}${at}`;
    case "asset_cost":
      return `${asset} ${price}, ${format.signedPercent(percent)} · ${client}${at}`;
    case "client_day":
      return `${client} ${format.signedPercent(percent)}${at}`;
    case "client_money":
      return `${client} ${format.signedMoney(figure("changeBrl"), "BRL")}${at}`;
    case "weight":
      return `${asset} ${format.percent(percent, 1)} · ${client}${at}`;
    case "income":
    case "maturity":
    case "stale":
      return null;
  }
}

function sayDistance(
  rule: Rule,
  { measure }: Observation,
  gap: Decimal,
  { words, format }: AlertPen,
): string | null {
  switch (rule.kind) {
    case "asset_day":
    case "asset_cost":
    case "client_day":
    case "weight":
      return words.pointsLeft(format.percent(gap).replace("%", ""));
    case "client_money":
      return format.money(gap, "BRL");
    case "asset_level": {
      const price = measure?.abs() ?? Decimal.ZERO;
      return format.percent(gap.times(Decimal.of(100)).dividedBy(price, 8));
    }
    default:
      return null;
  }
}
