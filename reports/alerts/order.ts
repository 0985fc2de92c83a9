import type { Asker } from "../../src/access/access.ts";
import type { AuditedTurn } from "../../src/access/audit.ts";
import type { Watch } from "../../src/answers/watch.ts";
import type { MarketHours } from "../../src/market/hours.ts";
import { demoLine } from "../../src/messages/footer.ts";
import type { Message } from "../../src/messages/message.ts";
import { penOf } from "../../src/messages/page.ts";
import { dayIn } from "../../src/money/day.ts";
import { Decimal } from "../../src/money/decimal.ts";
import type { Intent, Language, Lexicon } from "../../src/questions/question.ts";
import { readQuestion } from "../../src/questions/read.ts";
import { prepare } from "../../src/questions/text.ts";
import type { AlertRule, State } from "../../src/state/index.ts";
import { snoozeEnd } from "./clock.ts";
import { DEFAULT_RULES } from "./defaults.ts";
import { observe } from "./observe.ts";
import { type AlertPen, alertPenOf, buttons, messageWith, ruleButtons, text } from "./page.ts";
import { type AlertCommand, readCommand } from "./read-command.ts";
import { isWish, type RuleContext, readRule } from "./read-rule.ts";
import { doubtReply, formReply, type ListedRule, listReply, notFoundReply } from "./replies.ts";
import { namesOf, type Rule, ruleOf, sameRule } from "./rule.ts";
import { sayNow } from "./say-now.ts";
import { sayRule } from "./say-rule.ts";
import { standingOf } from "./step.ts";
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
interface AlertTurn {
  readonly reply: { readonly message: Message; readonly answer: null };
  readonly audited: Pick<AuditedTurn, "intent" | "client" | "outcome">;
}

export interface AlertOrder {
  take(
    utterance: { readonly text: string; readonly language: Language },
    asker: Asker,
  ): Promise<AlertTurn | null>;
}

/** What may be about alerts in words that no command has. */
const NAMES_ALERTS = /\b(?:alertas?|alerts?|avisos?)\b/;
/** More than these nobody reads, and each is judged every minute. */
const RULES_MAX = 100;
/** Firings that are listed of one rule. */
const FIRINGS_SHOWN = 5;

/** What people tell in chat about alerts: to make them, to see them, to be left alone. */
export function createAlertOrder(deps: OrderDeps): AlertOrder {
  return {
    async take({ text: said, language }, asker) {
      const command = readCommand(said);
      const folded = prepare(said)
        .folded.replace(/^\s*carteira\s+/, "")
        .trim();
      if (command === null && !isWish(folded) && !NAMES_ALERTS.test(folded)) return null;
      const talk = await Talk.begin(deps, asker, language);
      if (command !== null) return await talk.command(command);
      return (await talk.wish(said)) ?? (await talk.otherwise(said));
    },
  };
}

/** One turn: the asker, what they may see, and the words they are answered in. */
class Talk {
  readonly #deps: OrderDeps;
  readonly #asker: Asker;
  readonly #pen: AlertPen;
  readonly #watch: Watch;
  readonly #lexicon: Lexicon;
  readonly #names: ReadonlyMap<string, string>;
  readonly #currencies: ReadonlyMap<
    string,
    { readonly price: Decimal; readonly currency: string; readonly class: string }
  >;

  private constructor(
    deps: OrderDeps,
    asker: Asker,
    pen: AlertPen,
    read: {
      readonly watch: Watch;
      readonly lexicon: Lexicon;
      readonly quotes: Awaited<ReturnType<Watch["quotes"]>>;
    },
  ) {
    this.#deps = deps;
    this.#asker = asker;
    this.#pen = pen;
    this.#watch = read.watch;
    this.#lexicon = read.lexicon;
    this.#names = new Map(read.lexicon.clients.map(({ id, name }) => [id, name]));
    this.#currencies = new Map(read.quotes.map((quote) => [quote.asset, quote]));
  }

  static async begin(deps: OrderDeps, asker: Asker, language: Language): Promise<Talk> {
    const [watch, lexicon] = await Promise.all([deps.watch(asker.brokers), deps.lexicon(asker.brokers)]);
    return new Talk(deps, asker, alertPenOf(language), { watch, lexicon, quotes: await watch.quotes() });
  }

  async wish(said: string): Promise<AlertTurn | null> {
    const watched = await readWatched(this.#watch, [], this.#deps.announced);
    const scope = new OwnerScope(this.#asker, watched);
    const context: RuleContext = {
      lexicon: this.#lexicon,
      today: dayIn(this.#deps.now()),
      isWatchable: (asset) => scope.isWatchable(asset),
      quoteOf: (asset) => this.#currencies.get(asset) ?? null,
    };
    const reading = readRule(said, context);
    if (reading === null) return null;
    if (reading.kind === "not_found")
      return this.#turn("alert_create", notFoundReply(reading.what, this.#pen, this.#footer), "not_found");
    if (reading.kind === "doubt")
      return this.#turn("alert_create", doubtReply(reading.doubt, said, this.#pen, this.#footer), "clarify");
    return await this.#create(reading.rule);
  }

  /** Said in other words: where it is about alerts all the same, they are shown with what can be done. */
  async otherwise(said: string): Promise<AlertTurn | null> {
    const context = { lexicon: this.#lexicon, today: dayIn(this.#deps.now()), previous: null };
    const { intent } = readQuestion(said, context).question;
    switch (intent) {
      case "alert_create":
        return this.#turn(intent, formReply(this.#pen, this.#footer), "clarify");
      case "alert_list":
        return this.#turn(intent, await this.#list());
      case "alert_delete":
        return await this.#which(intent, this.#pen.words.which);
      case "alert_snooze":
        return await this.#which(intent, this.#pen.words.whichSnooze);
      default:
        return null;
    }
  }

  async command(command: AlertCommand): Promise<AlertTurn> {
    switch (command.do) {
      case "list":
        return this.#turn("alert_list", await this.#list());
      case "form":
        return this.#turn("alert_create", formReply(this.#pen, this.#footer));
      case "defaults":
        return await this.#defaults();
      case "show":
        return await this.#withRule(command.number, "alert_list", (row, rule) => this.#show(row, rule));
      case "delete":
        if (command.number === null) return this.#which("alert_delete", this.#pen.words.which);
        return await this.#withRule(command.number, "alert_delete", (row, rule) => this.#delete(row, rule));
      case "wake":
        return await this.#withRule(command.number, "alert_snooze", (row) => this.#wake(row));
      case "snooze": {
        const { number, span } = command;
        if (number === null || span === null) return this.#which("alert_snooze", this.#pen.words.whichSnooze);
        const until = snoozeEnd(span, this.#deps.now(), this.#deps.hours);
        return await this.#withRule(number, "alert_snooze", (row) => this.#snooze(row, until));
      }
      case "quiet":
        return await this.#quiet(command.hours);
    }
  }

  get #footer(): readonly string[] {
    return demoLine(this.#watch.demo, penOf(this.#pen.language));
  }

  #turn(
    intent: Intent,
    message: Message,
    outcome: "ok" | "clarify" | "not_found" = "ok",
    client: string | null = null,
  ): AlertTurn {
    return { reply: { message, answer: null }, audited: { intent, client, outcome } };
  }

  #say(rule: Rule): string {
    const currencyOf = (asset: string) => {
      const quote = this.#currencies.get(asset);
      return quote === undefined || quote.class === "indice" ? null : quote.currency;
    };
    const names = { clientName: (id: string) => this.#names.get(id) ?? null, currencyOf };
    return sayRule(rule, names, this.#pen.language);
  }

  async #create(rule: Rule): Promise<AlertTurn> {
    const { words, format, language } = this.#pen;
    const { client } = namesOf(rule);
    const owner = this.#asker.userId;
    const there = (await this.#deps.state.alertRules.list(owner)).find((row) => isSame(row, rule));
    const row =
      there ?? (await this.#deps.state.alertRules.add({ owner, definition: rule, language }, RULES_MAX));
    if (row === null) {
      const message = messageWith(words.full(format.count(RULES_MAX)), [text(words.fullHint)], {
        tone: "warning",
      });
      return this.#turn("alert_create", message, "clarify", client);
    }
    const sentence = there === undefined ? words.set : words.already;
    const message = messageWith(
      sentence(String(row.number), this.#say(rule)),
      [
        ...(await this.#standingLines(rule)).map((line) => text(line)),
        buttons(...ruleButtons(row.number, this.#pen)),
      ],
      { footer: this.#footer },
    );
    return this.#turn("alert_create", message, "ok", client);
  }

  /** Where the value is now and how far from the threshold, with the same figures that the rule is judged by. */
  async #standingLines(rule: Rule): Promise<readonly string[]> {
    const probe =
      rule.kind === "weight" || rule.kind === "asset_cost" ? { ...rule, percent: Decimal.ZERO } : rule;
    const watched = await readWatched(this.#watch, [probe], this.#deps.announced);
    const seen = observe(rule, new OwnerScope(this.#asker, watched), watched);
    return sayNow(rule, seen, (client) => this.#names.get(client) ?? client, this.#pen);
  }

  async #defaults(): Promise<AlertTurn> {
    const { words, format, language } = this.#pen;
    const owner = this.#asker.userId;
    const there = await this.#deps.state.alertRules.list(owner);
    const missing = DEFAULT_RULES.filter((rule) => !there.some((row) => isSame(row, rule)));
    let made = 0;
    for (const rule of missing) {
      if ((await this.#deps.state.alertRules.add({ owner, definition: rule, language }, RULES_MAX)) !== null)
        made += 1;
    }
    const list = await this.#list();
    const headline = made === 0 ? words.defaultsThere : words.defaultsSet(format.count(made), made === 1);
    return this.#turn("alert_create", messageWith(headline, list.blocks, { footer: this.#footer }));
  }

  async #list(): Promise<Message> {
    const { state } = this.#deps;
    const { words } = this.#pen;
    const owner = this.#asker.userId;
    const [rows, states, quiet] = await Promise.all([
      state.alertRules.list(owner),
      state.alerts.states(),
      state.alertRules.quietHours(owner),
    ]);
    const today = dayIn(this.#deps.now());
    const active = Map.groupBy(
      states.filter(({ value }) => {
        const standing = standingOf(value);
        return standing?.active === true && (standing.day === null || standing.day === today);
      }),
      ({ ruleId }) => ruleId,
    );
    const listed = rows.flatMap((row): readonly ListedRule[] => {
      const rule = ruleOf(row.definition);
      if (rule === null) return [];
      const count = active.get(row.id)?.length ?? 0;
      return [{ number: row.number, words: this.#say(rule), state: this.#state(row, count) }];
    });
    const hours = quiet === null ? null : words.quietNow(quiet.from, quiet.to);
    return listReply(listed, hours, this.#pen, this.#footer);
  }

  #state(row: AlertRule, active: number): string {
    const { words, format } = this.#pen;
    if (row.snoozedUntil !== null && row.snoozedUntil > this.#deps.now().toISOString()) {
      return words.state.snoozed(format.moment(row.snoozedUntil));
    }
    return active > 0 ? words.state.active(format.count(active), active === 1) : words.state.waiting;
  }

  /** Somebody else's number looks like one that was never given: numbers are each owner's own. */
  async #withRule(
    number: number,
    intent: Intent,
    work: (row: AlertRule, rule: Rule) => Promise<Message>,
  ): Promise<AlertTurn> {
    const { words } = this.#pen;
    const row = (await this.#deps.state.alertRules.list(this.#asker.userId)).find(
      (one) => one.number === number,
    );
    const rule = row === undefined ? null : ruleOf(row.definition);
    if (row === undefined || rule === null) {
      const message = messageWith(words.noSuch(String(number)), [text(words.noSuchHint)], {
        tone: "warning",
      });
      return this.#turn(intent, message, "not_found");
    }
    return this.#turn(intent, await work(row, rule), "ok", namesOf(rule).client);
  }

  async #show(row: AlertRule, rule: Rule): Promise<Message> {
    const { words, format } = this.#pen;
    const fired = await this.#deps.state.alerts.ofRule(row.id, FIRINGS_SHOWN);
    const times = fired.map(({ firedAt, subject }) => [
      { text: format.moment(firedAt) },
      {
        text: subject
          .replace(/ (?:up|down)$/, "")
          .split("|")
          .join(" · "),
      },
    ]);
    const asset = namesOf(rule).asset;
    return messageWith(
      `${words.number(String(row.number))}: ${this.#say(rule)}`,
      [
        ...(await this.#standingLines(rule)).map((line) => text(line)),
        fired.length === 0
          ? text(words.neverFired)
          : {
              kind: "table",
              columns: [
                { label: words.columns.at, align: "left" },
                { label: words.columns.state, align: "left" },
              ],
              rows: times,
            },
        buttons(
          ...(asset === null
            ? []
            : [{ label: words.buttons.holders(asset), command: words.commands.holders(asset) }]),
          ...ruleButtons(row.number, this.#pen).slice(1),
        ),
      ],
      { footer: this.#footer },
    );
  }

  async #delete(row: AlertRule, rule: Rule): Promise<Message> {
    await this.#deps.state.alertRules.remove(row.owner, row.number);
    return messageWith(this.#pen.words.deleted(String(row.number), this.#say(rule)), [this.#listButton], {
      footer: this.#footer,
    });
  }

  async #snooze(row: AlertRule, until: Date): Promise<Message> {
    const { words, format } = this.#pen;
    await this.#deps.state.alertRules.snooze(row.owner, row.number, until.toISOString());
    return messageWith(
      words.snoozed(String(row.number), format.moment(until.toISOString())),
      [text(words.snoozedHint), this.#listButton],
      { footer: this.#footer },
    );
  }

  async #wake(row: AlertRule): Promise<Message> {
    await this.#deps.state.alertRules.snooze(row.owner, row.number, null);
    return messageWith(this.#pen.words.awake(String(row.number)), [this.#listButton], {
      footer: this.#footer,
    });
  }

  async #quiet(hours: Extract<AlertCommand, { do: "quiet" }>["hours"]): Promise<AlertTurn> {
    const { words } = this.#pen;
    if (hours === "unclear")
      return this.#turn("alert_snooze", messageWith(words.quietUnclear, []), "clarify");
    await this.#deps.state.alertRules.setQuietHours(this.#asker.userId, hours);
    const said = hours === null ? words.quietEnded : words.quietSet(hours.from, hours.to);
    return this.#turn("alert_snooze", messageWith(said, [], { footer: this.#footer }));
  }

  get #listButton() {
    const { buttons: label, commands } = this.#pen.words;
    return buttons({ label: label.list, command: commands.list });
  }

  async #which(intent: Intent, question: string): Promise<AlertTurn> {
    const list = await this.#list();
    return this.#turn(intent, messageWith(question, list.blocks, { footer: this.#footer }), "clarify");
  }
}

function isSame(row: AlertRule, rule: Rule): boolean {
  const known = ruleOf(row.definition);
  return known !== null && sameRule(known, rule);
}
