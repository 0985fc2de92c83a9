import { currencySymbol, formatDecimal } from "../../src/messages/format.ts";
import type { Decimal } from "../../src/money/decimal.ts";
import type { Language } from "../../src/questions/question.ts";
import type { Rule } from "./rule.ts";
import { alertWordsOf } from "./words.ts";

/** What a rule's names are called; null where the owner has no such client, or the price no currency. */
export interface RuleNames {
  clientName(client: string): string | null;
  currencyOf(asset: string): string | null;
}

/** A rule in words: as its owner could type it, so that the reader reads it back to the same rule. */
export function sayRule(rule: Rule, names: RuleNames, language: Language): string {
  const said = body(rule, names, language);
  return rule.urgent ? `${said}${alertWordsOf(language).rule.urgent}` : said;
}

/** `2,5%`: every digit that was said, and no more. */
function sayPercent(percent: Decimal, language: Language): string {
  return `${formatDecimal(percent, { least: 0, most: Math.max(percent.scale, 0) }, language)}%`;
}

function body(rule: Rule, names: RuleNames, language: Language): string {
  const { rule: say } = alertWordsOf(language);
  const client = (id: string) => clientWords(id, names);
  switch (rule.kind) {
    case "asset_day":
    case "asset_cost": {
      const sentence = rule.kind === "asset_day" ? say.day : say.cost;
      return sentence(
        assetWords(rule.asset, say.anyAsset),
        say.moves[rule.direction],
        sayPercent(rule.percent, language),
      );
    }
    case "asset_level": {
      const sentence = rule.direction === "up" ? say.above : say.below;
      return sentence(assetWords(rule.asset, ""), levelWords(rule.asset, rule.level, names, language));
    }
    case "client_day":
    case "client_money": {
      const whose = say.portfolioOf(rule.client === null ? say.anyClient : client(rule.client));
      const much =
        rule.kind === "client_day"
          ? sayPercent(rule.percent, language)
          : sayMoney(rule.amount, "BRL", language);
      return say.day(whose, say.earns[rule.direction], much);
    }
    case "weight": {
      const whose = say.portfolioOf(rule.client === null ? say.anyClient : client(rule.client));
      return say.weight(assetWords(rule.asset, say.anyAsset), sayPercent(rule.percent, language), whose);
    }
    case "income":
      return say.income(assetWords(rule.asset, say.anyAsset));
    case "maturity":
      return say.maturity(String(rule.days), rule.client === null ? "" : say.ofClient(client(rule.client)));
    case "stale":
      return say.stale;
  }
}

function assetWords(asset: string | null, any: string): string {
  if (asset === null) return any;
  // A code of several words is told from the words about it by its brackets.
  return /^[A-Z0-9.]+$/.test(asset) ? asset : `(${asset})`;
}

function clientWords(id: string, names: RuleNames): string {
  const name = names.clientName(id);
  return name === null || name === "" || name === id ? `(${id})` : `${name} (${id})`;
}

function levelWords(asset: string, level: Decimal, names: RuleNames, language: Language): string {
  return sayMoney(level, names.currencyOf(asset), language);
}

function sayMoney(amount: Decimal, currency: string | null, language: Language): string {
  const number = formatDecimal(amount, { least: 2, most: Math.max(amount.scale, 2) }, language);
  return currency === "BRL" || currency === "USD" ? `${currencySymbol(currency)} ${number}` : number;
}
