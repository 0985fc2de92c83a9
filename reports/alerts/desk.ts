import type { Asker } from "../../src/access/access.ts";
import type { AuditedTurn } from "../../src/access/audit.ts";
import type { Watch } from "../../src/answers/watch.ts";
import type { MarketHours } from "../../src/market/hours.ts";
import { demoLine } from "../../src/messages/footer.ts";
import type { Message } from "../../src/messages/message.ts";
import { penOf } from "../../src/messages/page.ts";
import { Decimal } from "../../src/money/decimal.ts";
import type { Intent, Language, Lexicon } from "../../src/questions/question.ts";
import type { AlertRule, State } from "../../src/state/index.ts";
import { observe } from "./observe.ts";
import { type AlertPen, alertPenOf } from "./page.ts";
import { type Rule, ruleOf, sameRule } from "./rule.ts";
import { sayNow } from "./say-now.ts";
import { sayRule } from "./say-rule.ts";
import { type Announced, OwnerScope, readWatched } from "./watched.ts";

export interface OrderDeps {
  readonly state: Pick<State, "alertRules" | "alerts">;
  watch(brokers: readonly string[]): Promise<Watch>;
  lexicon(brokers: readonly string[]): Promise<Lexicon>;
  announced(): Promise<readonly Announced[]>;
  readonly hours: MarketHours;
  now(): Date;
}

/** A turn of talk, in the shape that conversation takes it in. */
export interface AlertTurn {
  readonly reply: { readonly message: Message; readonly answer: null };
  readonly audited: Pick<AuditedTurn, "intent" | "client" | "outcome">;
}

type Quote = Awaited<ReturnType<Watch["quotes"]>>[number];

/** What one turn is worked out with: the asker, what they may see, and the words they are answered in. */
export class Desk {
  readonly deps: OrderDeps;
  readonly asker: Asker;
  readonly pen: AlertPen;
  readonly watch: Watch;
  readonly lexicon: Lexicon;
  readonly quotes: ReadonlyMap<string, Quote>;
  readonly #names: ReadonlyMap<string, string>;

  private constructor(
    turn: Pick<Desk, "deps" | "asker" | "pen">,
    read: Pick<Desk, "watch" | "lexicon" | "quotes">,
  ) {
    this.deps = turn.deps;
    this.asker = turn.asker;
    this.pen = turn.pen;
    this.watch = read.watch;
    this.lexicon = read.lexicon;
    this.quotes = read.quotes;
    this.#names = new Map(read.lexicon.clients.map(({ id, name }) => [id, name]));
  }

  static async open(deps: OrderDeps, asker: Asker, language: Language): Promise<Desk> {
    const [watch, lexicon] = await Promise.all([deps.watch(asker.brokers), deps.lexicon(asker.brokers)]);
    const quotes = new Map((await watch.quotes()).map((quote) => [quote.asset, quote]));
    return new Desk({ deps, asker, pen: alertPenOf(language) }, { watch, lexicon, quotes });
  }

  get footer(): readonly string[] {
    return demoLine(this.watch.demo, penOf(this.pen.language));
  }

  turn(
    intent: Intent,
    message: Message,
    outcome: "ok" | "clarify" | "not_found" = "ok",
    client: string | null = null,
  ): AlertTurn {
    return { reply: { message, answer: null }, audited: { intent, client, outcome } };
  }

  say(rule: Rule): string {
    const currencyOf = (asset: string) => {
      const quote = this.quotes.get(asset);
      return quote === undefined || quote.class === "indice" ? null : quote.currency;
    };
    const names = { clientName: (id: string) => this.#names.get(id) ?? null, currencyOf };
    return sayRule(rule, names, this.pen.language);
  }

  /** Where the value is now and how far from the threshold, with the same figures that the rule is judged by. */
  async standingLines(rule: Rule): Promise<readonly string[]> {
    const probe =
      rule.kind === "weight" || rule.kind === "asset_cost" ? { ...rule, percent: Decimal.ZERO } : rule;
    const watched = await readWatched(this.watch, [probe], this.deps.announced);
    const seen = observe(rule, new OwnerScope(this.asker, watched), watched);
    return sayNow(rule, seen, (client) => this.#names.get(client) ?? client, this.pen);
  }

  /** The owner's rules, each that this version can read. */
  async rules(): Promise<readonly { readonly row: AlertRule; readonly rule: Rule }[]> {
    const rows = await this.deps.state.alertRules.list(this.asker.userId);
    return rows.flatMap((row) => {
      const rule = ruleOf(row.definition);
      return rule === null ? [] : [{ row, rule }];
    });
  }
}

/** Whether a rule is among those that are there. */
export function found(rules: Awaited<ReturnType<Desk["rules"]>>, rule: Rule): AlertRule | undefined {
  return rules.find((one) => sameRule(one.rule, rule))?.row;
}
