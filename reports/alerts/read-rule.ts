import type { IsoDay } from "../../src/money/day.ts";
import { Decimal } from "../../src/money/decimal.ts";
import type { Language, Lexicon, Reading } from "../../src/questions/question.ts";
import { readQuestion } from "../../src/questions/read.ts";
import { fold, prepare, TEXT_LENGTH_MAX } from "../../src/questions/text.ts";
import { type Figure, figuresIn } from "./figures.ts";
import { DAYS_MAX, PERCENT_MAX, type Rule, type RuleDirection } from "./rule.ts";

/** What a rule may be about, at the moment it is said: names and prices within the asker's scope. */
export interface RuleContext {
  readonly lexicon: Lexicon;
  readonly today: IsoDay;
  /** Whether one of the asker's clients holds it, or it is a rate or an index. */
  isWatchable(asset: string): boolean;
  /** Null where no price is known. */
  quoteOf(asset: string): { readonly price: Decimal; readonly currency: string } | null;
}

/** What is asked back. */
export type RuleDoubt =
  | {
      readonly code: "which_client";
      readonly options: readonly { readonly id: string; readonly name: string }[];
    }
  | { readonly code: "which_asset"; readonly options: readonly string[] }
  | {
      readonly code:
        | "asset_missing"
        | "percent_missing"
        | "threshold_missing"
        | "days_missing"
        | "several_figures";
    }
  | { readonly code: "percent_or_level" | "direction"; readonly asset: string }
  | { readonly code: "other_currency"; readonly asset: string; readonly currency: string }
  | { readonly code: "out_of_range" | "asset_and_client" | "reais_only" };

export type RuleReading =
  | { readonly kind: "rule"; readonly rule: Rule }
  | { readonly kind: "doubt"; readonly doubt: RuleDoubt }
  | { readonly kind: "not_found"; readonly what: "asset" | "client" };

const ENGLISH_WISH =
  /\b(?:alert me|notify me|tell me (?:when|if)|let me know|warn me|ping me|alert (?:if|when)|notify (?:if|when))\b/;
const WISH =
  /\b(?:avis(?:a|e|ar|em)|me alert(?:a|e)|alerte|alertar|notifi(?:ca|que|car)|cri(?:a|e|ar) (?:um )?alerta|novo alerta)\b|^(?:um )?alerta (?!\d)|^alert (?!\d)/;
const BARE_WEIGHT =
  /^(?:concentracao|concentration)\b.*(?:acima|maior|mais|passa|above|over|exceed|more).*(?:%|cento|percent)/;
const BARE_MATURITY = /^(?:vencimentos?|maturities|maturity)\b.*\d+\s*(?:dias?|days?)\b/;

const STALE =
  /desatualiz|\bstale\b|\bsem (?:preco|cotacao)\b|out of date|dados? velhos?|precos? velhos?|precos? parad|cotac(?:ao|oes) (?:parad|atrasad)|precos? atrasad/;
const MATURITY = /\bvenc(?:e|em|er|erem|imento|imentos|endo)\b|\bmatur/;
const INCOME =
  /\bprovento|\bdividend|\bjcp\b|\bjuros sobre capital|\brendimentos? (?:anunciad|declarad)|\bincome\b|\bpayouts?\b/;
const WEIGHT =
  /\bconcentr|\bpeso\b|\bweight|(?:%|cento|percent)\s*(?:d[ao]|of)\s+(?:[\p{L}']+\s+){0,4}?(?:carteira|portfolio|patrimonio|client)/u;
const COST =
  /\bpreco medio\b|\bcusto medio\b|\baverage (?:cost|price)\b|\bdesde a compra\b|\bsince (?:the )?purchase\b|\bpm\b/;
const CLIENT = /\bcarteiras?\b|\bportfolios?\b|\bclientes?\b|\bclients?\b|\bpatrimonio\b/;
const ANY_ASSET =
  /\b(?:algum|alguma|qualquer|um|uma|cada|any|some|a|every)\s+(?:\w+\s+)?(?:ativo|ativos|papel|papeis|acao|acoes|asset|holding|stock|instrument|posicao|position)\b/;
/** What stands for no name in particular. */
const GENERIC =
  "(?:algum|alguma|qualquer|um|uma|cada|any|some|a|an|the|every|meus?|minhas?|todos|todas|my|all|clientes?|clients?|ativos?|acao|acoes|papel|papeis|holdings?|one|single|carteiras?|antecedencia)";
/** A name that is none of the asker's: it must not be taken for anybody. */
const UNKNOWN_CLIENT = new RegExp(
  `\\b(?:carteiras?|patrimonio|portfolios?|dias?|days?)\\s+(?:d[aeo]s?|of)\\s+(?!${GENERIC}\\b)\\p{L}|\\p{L}['’]s\\s+portfolio`,
  "u",
);
const UNKNOWN_ASSET = new RegExp(
  `\\b(?:proventos?|dividend\\w*|jcp|income|payouts?|concentr\\w*(?:\\s+[\\w%.,]+){0,4}?)\\s+(?:d[aeo]s?|of|em|n[ao]s?|in|on)\\s+(?!${GENERIC}\\b)\\p{L}`,
  "u",
);
/** After "cliente" stands a name, or what happens. */
const CLIENT_NAMED = /\b(?:cliente|client)\s+(\p{L}[\p{L}\d]*)/u;
const SOME_ASSET =
  /\bconcentr|\b(?:ativos?|papel|papeis|acao|acoes|posicao|posicoes|assets?|holdings?|positions?|stocks?)\b/;
const DOWN =
  /\b(?:ca(?:i|ir|irem|em|ia|iam|indo)|queda|perd\w*|abaixo|baix(?:ar|e|a)|recu\w+|despenc\w+|desvaloriz\w+|menor|menos|under|below|fall\w*|drop\w*|los(?:e|es|ing|s)|down|loses|decline\w*)\b/;
const UP =
  /\b(?:sob(?:e|em)|sub(?:ir|irem|a|am|indo)|alta|acima|pass(?:ar|a|e|arem)|ultrapass\w+|super(?:ar|a|e|arem)|maior|ganh\w+|valoriz\w+|above|over|ris(?:e|es|ing)|gain\w*|exceed\w*|goes up|climb\w*|break\w*|romper?)\b/;
const EITHER =
  /\b(?:vari(?:ar|a|e|arem|acao)|oscil\w+|mex(?:er|e|erem)|mov(?:er|es|e|ing)|chang(?:e|es)|mudar?|either way|qualquer direcao)\b/;
/** A number after these is a place, not a distance. */
const TO_LEVEL =
  /\b(?:abaixo de|abaixo dos?|acima de|acima dos?|pass(?:ar|a|e|arem) (?:de|dos?)|ultrapass\w+|super\w+|ating\w+|cheg\w+ (?:a|em|aos?)|bat(?:er|e|a) (?:em |os? )?|romper? (?:os? )?|ca(?:ir|i|ia) (?:para|a|ate)|sub(?:ir|a) (?:para|a|ate)|menor(?:es)? (?:que|do que)|maior(?:es)? (?:que|do que)|below|under|above|over|through|reach\w*|hit\w*|to|exceed\w*|break\w*)\s*$/;
const URGENT = /\burgen(?:te|cia|t|tly|cy)\b/;

/** Whether the text says that its writer wants to be told of something. */
export function isWish(folded: string): boolean {
  return [WISH, ENGLISH_WISH, BARE_WEIGHT, BARE_MATURITY].some((pattern) => pattern.test(folded));
}

/**
 * Reads a wish (`me avisa se PETR4 cair mais de 5%`) as a rule, in Portuguese or English. Null where the text is no wish.
 * Never throws, and never guesses a client or an instrument: where several are meant it asks.
 */
export function readRule(text: string, context: RuleContext): RuleReading | null {
  if (text.length > TEXT_LENGTH_MAX) return null;
  const prepared = prepare(text);
  const folded = prepared.folded.replace(/^\s*carteira\s+/, "").trim();
  const raw = prepared.raw.replace(/^\s*carteira\s+/i, "").trim();
  if (!isWish(folded)) return null;
  const wish = new Wish(raw, context);
  return wish.read();
}

/** One wish, with the names that were written out in brackets taken off it. */
class Wish {
  readonly #folded: string;
  readonly #language: Language;
  readonly #client: string | null;
  readonly #asset: string | null;
  readonly #context: RuleContext;
  readonly #reading: Reading;
  readonly #figures: readonly Figure[];
  /** Written out in brackets: whatever else the text may name, this is meant. */
  readonly #known: { readonly client: boolean; readonly asset: boolean };

  constructor(raw: string, context: RuleContext) {
    const bracketed = withoutBrackets(raw, context.lexicon);
    this.#context = context;
    this.#folded = fold(bracketed.text);
    this.#language =
      ENGLISH_WISH.test(this.#folded) || /^(?:concentration|maturit|alert )/.test(this.#folded) ? "en" : "pt";
    this.#reading = readQuestion(asQuestion(bracketed.text, this.#folded), {
      lexicon: context.lexicon,
      today: context.today,
      previous: null,
    });
    this.#client = bracketed.client ?? this.#reading.question.client;
    this.#asset = bracketed.asset ?? this.#reading.question.asset;
    this.#figures = figuresIn(this.#folded, this.#language);
    this.#known = { client: bracketed.client !== null, asset: bracketed.asset !== null };
  }

  read(): RuleReading | null {
    const { intent } = this.#reading.question;
    if (!intent.startsWith("alert_") && intent !== "unknown" && intent !== "income" && intent !== "risk")
      return null;
    const folded = this.#folded;
    if (STALE.test(folded)) return ruled({ kind: "stale", urgent: this.#urgent });
    return this.#nameDoubt() ?? this.#named();
  }

  #named(): RuleReading {
    const folded = this.#folded;
    const { asset, client } = { asset: this.#asset, client: this.#client };
    if (asset !== null && !this.#context.isWatchable(asset)) return { kind: "not_found", what: "asset" };
    if (client === null && namesNobody(folded)) return { kind: "not_found", what: "client" };
    if (asset === null && UNKNOWN_ASSET.test(folded)) return { kind: "not_found", what: "asset" };
    if (MATURITY.test(folded)) return this.#maturity();
    if (INCOME.test(folded)) return ruled({ kind: "income", urgent: this.#urgent, asset });
    if (WEIGHT.test(folded)) return this.#weight();
    if (asset !== null && client !== null) return doubt({ code: "asset_and_client" });
    if (COST.test(folded)) return this.#move("asset_cost");
    if (asset === null && (client !== null || CLIENT.test(folded))) return this.#ofClient();
    return this.#ofAsset();
  }

  get #urgent(): boolean {
    return URGENT.test(this.#folded);
  }

  get #direction(): RuleDirection | null {
    const folded = this.#folded.replace(/\bmais d[eo]\b|\bmore than\b|\bmais que\b|\bno maior\b/g, " ");
    const [up, down] = [UP.test(folded), DOWN.test(folded)];
    if (EITHER.test(folded)) return up === down ? "either" : up ? "up" : "down";
    if (up && down) {
      // "cair abaixo de", "passar dos": the verb and the place say one thing; "cair ou subir" says both.
      return /\b(?:ou|or)\b/.test(folded)
        ? "either"
        : DOWN.test(folded.replace(/\bpass\w+|\bover\b/g, " "))
          ? "down"
          : "up";
    }
    return up ? "up" : down ? "down" : null;
  }

  /** What the names leave open, or do not find. */
  #nameDoubt(): RuleReading | null {
    const reading = this.#reading;
    if (reading.kind === "not_found" && !(this.#known.client || this.#known.asset)) {
      return { kind: "not_found", what: CLIENT.test(this.#folded) ? "client" : "asset" };
    }
    if (reading.kind !== "clarify") return null;
    const { reason } = reading;
    if (reason.code === "which_client" && !this.#known.client)
      return doubt({ code: "which_client", options: reason.options });
    if (reason.code === "which_asset" && !this.#known.asset) {
      const options = reason.options.filter((code) => this.#context.isWatchable(code));
      return options.length === 0
        ? { kind: "not_found", what: "asset" }
        : doubt({ code: "which_asset", options });
    }
    return null;
  }

  #maturity(): RuleReading {
    const days = this.#one(({ unit }) => unit === "days");
    if (days === "several") return doubt({ code: "several_figures" });
    if (days === null) return doubt({ code: "days_missing" });
    const count = days.value.scale === 0 ? Number(days.value.units) : Number.NaN;
    if (!(count >= 1 && count <= DAYS_MAX)) return doubt({ code: "out_of_range" });
    return ruled({ kind: "maturity", urgent: this.#urgent, client: this.#client, days: count });
  }

  #weight(): RuleReading {
    if (this.#asset === null && !SOME_ASSET.test(this.#folded)) return doubt({ code: "asset_missing" });
    const percent = this.#percent();
    if (!(percent instanceof Decimal)) return percent;
    if (percent.compare(Decimal.of(100)) >= 0) return doubt({ code: "out_of_range" });
    return ruled({ kind: "weight", urgent: this.#urgent, client: this.#client, asset: this.#asset, percent });
  }

  #move(kind: "asset_day" | "asset_cost"): RuleReading {
    if (this.#asset === null && !ANY_ASSET.test(this.#folded)) return doubt({ code: "asset_missing" });
    const percent = this.#percent();
    if (!(percent instanceof Decimal)) return percent;
    const direction = this.#direction ?? "either";
    return ruled({ kind, urgent: this.#urgent, asset: this.#asset, direction, percent });
  }

  #ofClient(): RuleReading {
    const direction = this.#direction ?? "either";
    const base = { urgent: this.#urgent, client: this.#client, direction };
    if (this.#figures.some(({ unit }) => unit === "percent")) {
      const percent = this.#percent();
      return percent instanceof Decimal ? ruled({ kind: "client_day", ...base, percent }) : percent;
    }
    const amount = this.#one(({ unit }) => unit === "money" || unit === "bare");
    if (amount === "several") return doubt({ code: "several_figures" });
    if (amount === null) return doubt({ code: "threshold_missing" });
    if (amount.currency === "USD") return doubt({ code: "reais_only" });
    if (amount.value.sign() <= 0) return doubt({ code: "out_of_range" });
    return ruled({ kind: "client_money", ...base, amount: amount.value });
  }

  #ofAsset(): RuleReading {
    if (this.#figures.some(({ unit }) => unit === "percent")) return this.#move("asset_day");
    const asset = this.#asset;
    if (asset === null) return doubt({ code: "asset_missing" });
    const level = this.#one(({ unit }) => unit === "money" || unit === "bare");
    if (level === "several") return doubt({ code: "several_figures" });
    if (level === null) return doubt({ code: "threshold_missing" });
    if (level.value.sign() <= 0) return doubt({ code: "out_of_range" });
    const before = this.#folded.slice(0, level.at);
    // "cair 2 reais" is a distance in money, which could be meant as a level: nobody should have to find out.
    const isMove = !TO_LEVEL.test(before) && this.#direction !== null;
    if (isMove) return doubt({ code: "percent_or_level", asset });
    return this.#level(asset, level);
  }

  #level(asset: string, level: Figure): RuleReading {
    const quote = this.#context.quoteOf(asset);
    if (quote !== null && level.currency !== null && level.currency !== quote.currency) {
      return doubt({ code: "other_currency", asset, currency: quote.currency });
    }
    const said = this.#direction;
    const reached = quote === null ? null : level.value.compare(quote.price) >= 0 ? "up" : "down";
    const direction = said === "up" || said === "down" ? said : reached;
    if (direction === null) return doubt({ code: "direction", asset });
    return ruled({ kind: "asset_level", urgent: this.#urgent, asset, direction, level: level.value });
  }

  #percent(): Decimal | RuleReading {
    const found = this.#one(({ unit }) => unit === "percent");
    if (found === "several") return doubt({ code: "several_figures" });
    if (found === null) return doubt({ code: "percent_missing" });
    const fits = found.value.sign() > 0 && found.value.compare(PERCENT_MAX) <= 0;
    return fits ? found.value : doubt({ code: "out_of_range" });
  }

  /** The one figure of a kind; the same one said twice is one. */
  #one(is: (figure: Figure) => boolean): Figure | "several" | null {
    const found = this.#figures.filter(is);
    const [first] = found;
    if (first === undefined) return null;
    return found.every(({ value }) => value.equals(first.value)) ? first : "several";
  }
}

const ANY_CLIENT =
  /\b(?:(?:de|of)\s+)?(?:algum|qualquer|um|cada|any|some|a|every)\s+(?:cliente|client)\b(?:'s)?/giu;
const WEIGHT_WORDS = /\bconcentr\p{L}*|\bpeso\b|\bweight\b/giu;

/** Whether a client is named, where none of the asker's was found. */
function namesNobody(folded: string): boolean {
  const rest = folded.replace(ANY_CLIENT, " ");
  const named = CLIENT_NAMED.exec(rest)?.[1];
  const happens = [DOWN, UP, EITHER].some((words) => words.test(named ?? ""));
  const isName =
    named !== undefined && !happens && !/^(?:se|que|tiver|mais|no|na|com|if|has|when)$/.test(named);
  return isName || UNKNOWN_CLIENT.test(rest);
}

/** The text as the reader of questions understands it best: with a wish in front, and without words that are no names to it. */
function asQuestion(text: string, folded: string): string {
  const wish = WISH.test(folded) || ENGLISH_WISH.test(folded) ? text : `me avisa se ${text}`;
  return wish.replace(ANY_CLIENT, " ").replace(WEIGHT_WORDS, " tiver ");
}

/**
 * A client's id or an instrument's code in brackets names it for certain, as `Ana Souza (cliente123)`: it is taken off the text
 * with the name before it.
 */
function withoutBrackets(
  text: string,
  lexicon: Lexicon,
): { readonly text: string; readonly client: string | null; readonly asset: string | null } {
  let [rest, client, asset]: [string, string | null, string | null] = [text, null, null];
  for (const [whole, inside = ""] of text.matchAll(/\(([^()]{1,120})\)/g)) {
    const one = lexicon.clients.find(({ id }) => id === inside.trim());
    const other = lexicon.instruments.find(({ code }) => code === inside.trim());
    if (one !== undefined) {
      client = one.id;
      const named = `${one.name} ${whole}`;
      rest = rest.includes(named) ? rest.replace(named, " ") : rest.replace(whole, " ");
    } else if (other !== undefined) {
      asset = other.code;
      rest = rest.replace(whole, " ");
    }
  }
  return { text: rest, client, asset };
}

function ruled(rule: Rule): RuleReading {
  return { kind: "rule", rule };
}

function doubt(one: RuleDoubt): RuleReading {
  return { kind: "doubt", doubt: one };
}
