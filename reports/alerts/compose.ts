import type { Asker } from "../../src/access/access.ts";
import type { Watch, WatchedHolder } from "../../src/answers/watch.ts";
import { demoLine } from "../../src/messages/footer.ts";
import type { Block, Message } from "../../src/messages/message.ts";
import { penOf } from "../../src/messages/page.ts";
import { labelOf, wordsOf } from "../../src/messages/words.ts";
import type { Language, Lexicon } from "../../src/questions/question.ts";
import type { AlertFiring, AlertRule, State } from "../../src/state/index.ts";
import type { Facts } from "./observe.ts";
import { type AlertPen, alertPenOf, buttons, messageWith, ruleButtons, text } from "./page.ts";
import { type Rule, ruleOf } from "./rule.ts";
import { sayRule } from "./say-rule.ts";
import { type Section, sectionOf, type Telling } from "./sections.ts";

export interface ComposeDeps {
  readonly state: Pick<State, "alertRules" | "alerts">;
  watch(brokers: readonly string[]): Promise<Watch>;
  lexicon(brokers: readonly string[]): Promise<Lexicon>;
}

/** A notice in words, with what it rests on; or why there is nothing left to say. */
export type ComposedNotice =
  | {
      readonly messages: readonly Message[];
      readonly record: { readonly runId: string; readonly asOf: string | null };
    }
  | { readonly skip: "nothing_left" };

/** Rules of one notice that are told at length; the rest is counted. */
const RULES_MAX = 6;

/** Something that fired, with the rule it fired of. */
interface Fired {
  readonly row: AlertRule;
  readonly rule: Rule;
  readonly firings: readonly AlertFiring[];
}

/**
 * Puts a notice in words for the asker of this moment: who holds what and what it does to them is read anew within their scope, and
 * what is of a client who is no longer theirs is left out.
 */
export async function composeNotice(
  deps: ComposeDeps,
  payload: unknown,
  asker: Asker,
  language?: Language,
): Promise<ComposedNotice> {
  const { ids, heldBack } = readPayload(payload);
  const lexicon = await deps.lexicon(asker.brokers);
  const names = new Map(lexicon.clients.map(({ id, name }) => [id, name]));
  const fired = await firedRules(deps, await deps.state.alerts.find(ids), asker.userId, names);
  const [first] = fired;
  if (first === undefined) return { skip: "nothing_left" };
  const pen = alertPenOf(asker.person?.language ?? language ?? first.row.language);
  const watch = await deps.watch(asker.brokers);
  const facts = fired.flatMap(({ firings }) => firings.map(factsOf));
  const holders = Map.groupBy(
    await watch.holders([...new Set(facts.flatMap((one) => one["asset"] ?? []))]),
    ({ asset }) => asset,
  );
  const telling = tellingOf(pen, names, holders);
  const currencies = new Map((await watch.quotes()).map((one) => [one.asset, currencyIn(one)]));
  const say = (rule: Rule) =>
    sayRule(
      rule,
      { clientName: (id) => names.get(id) ?? null, currencyOf: (asset) => currencies.get(asset) ?? null },
      pen.language,
    );
  const told = fired.slice(0, RULES_MAX).map((one) => ({
    one,
    section: sectionOf(one.rule, newest(one.firings).map(factsOf), telling),
  }));
  const footer = [...priceLine(facts, pen), ...demoLine(watch.demo, penOf(pen.language))];
  const message = messageOf({ told, fired, heldBack, footer, say }, pen);
  return { messages: [message], record: { runId: watch.runId, asOf: lastPrice(facts) } };
}

function currencyIn(one: { readonly class: string; readonly currency: string }): string | null {
  return one.class === "indice" ? null : one.currency;
}

export function tellingOf(
  pen: AlertPen,
  names: ReadonlyMap<string, string>,
  holders: ReadonlyMap<string, readonly WatchedHolder[]>,
): Telling {
  return {
    pen,
    clientName: (client) => names.get(client) ?? "",
    holdersOf: (asset) => holders.get(asset) ?? [],
  };
}

/** Of a subject that fired twice, the second time says it all. */
export function newest(firings: readonly AlertFiring[]): readonly AlertFiring[] {
  return [...new Map(firings.map((firing) => [firing.subject, firing])).values()];
}

/** Firings of an owner by their rules; those about a client who is not among `names` are left out. */
export async function firedRules(
  { state }: ComposeDeps,
  firings: readonly AlertFiring[],
  owner: string,
  names: ReadonlyMap<string, string>,
): Promise<readonly Fired[]> {
  const rows = await state.alertRules.list(owner);
  const mine = firings.filter((firing) => {
    const client = factsOf(firing)["client"];
    return firing.owner === owner && (client === undefined || names.has(client));
  });
  const byRule = Map.groupBy(mine, ({ ruleId }) => ruleId);
  return rows.flatMap((row) => {
    const [rule, own] = [ruleOf(row.definition), byRule.get(row.id)];
    return rule === null || own === undefined ? [] : [{ row, rule, firings: own }];
  });
}

interface Page {
  readonly told: readonly { readonly one: Fired; readonly section: Section }[];
  readonly fired: readonly Fired[];
  readonly heldBack: boolean;
  readonly footer: readonly string[];
  say(rule: Rule): string;
}

function messageOf({ told, fired, heldBack, footer, say }: Page, pen: AlertPen): Message {
  const { words, format } = pen;
  const [only] = told;
  const alone = told.length === 1 && only !== undefined;
  const headline = alone
    ? only.section.headline
    : `${words.notice.several(format.count(fired.length))}: ${told
        .slice(0, 3)
        .map(({ section }) => section.headline)
        .join(" · ")}`;
  const blocks = told.flatMap(({ one, section }): readonly Block[] => [
    ...(alone ? [] : [text(section.headline)]),
    ...section.blocks,
    text(sayWhy(one, say, pen)),
  ]);
  const rest = fired.length - told.length;
  return messageWith(
    headline,
    [
      ...blocks,
      rest > 0 ? text(words.notice.moreRules(format.count(rest))) : null,
      heldBack ? text(words.notice.heldBack) : null,
      ...told.slice(0, 3).map(({ one }) => buttons(...buttonsFor(one, alone, pen))),
    ],
    { tone: alone ? only.section.tone : "neutral", footer },
  );
}

function buttonsFor({ row, firings }: Fired, alone: boolean, pen: AlertPen) {
  const own = ruleButtons(row.number, pen);
  const assets = [...new Set(firings.flatMap((firing) => factsOf(firing)["asset"] ?? []))];
  const [asset] = assets;
  if (!alone || asset === undefined || assets.length > 1) return own;
  return [{ label: pen.words.buttons.holders(asset), command: pen.words.commands.holders(asset) }, ...own];
}

/** Since when, and of which rule: what was asked for is said again with what it brought. */
function sayWhy(
  { row, rule, firings }: Fired,
  say: (rule: Rule) => string,
  { words, format }: AlertPen,
): string {
  const all = firings.map(factsOf);
  const since = all.flatMap((facts) => facts["since"] ?? []).toSorted()[0];
  return [
    ...(since === undefined ? [] : [words.notice.since(format.moment(since))]),
    ...(all.some((facts) => facts["doubled"] !== undefined) ? [words.notice.doubled] : []),
    words.notice.rule(String(row.number), say(rule)),
  ].join(" · ");
}

/** When the newest price behind the notice was traded, and who says so. */
function priceLine(facts: readonly Facts[], { words, format, language }: AlertPen): readonly string[] {
  const at = lastPrice(facts);
  if (at === null) return [];
  const { sources } = wordsOf(language);
  const named = [
    ...new Set(facts.flatMap((one) => (one["source"] ? [labelOf(sources, one["source"])] : []))),
  ];
  return [words.notice.prices(format.moment(at), named.join(", "))];
}

function lastPrice(facts: readonly Facts[]): string | null {
  const priced = facts.filter((one) => (one["source"] ?? "") !== "").flatMap((one) => one["priceAt"] ?? []);
  return priced.toSorted().at(-1) ?? null;
}

export function factsOf({ payload }: AlertFiring): Facts {
  if (typeof payload !== "object" || payload === null) return {};
  return Object.fromEntries(
    Object.entries(payload).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function readPayload(payload: unknown): { readonly ids: readonly string[]; readonly heldBack: boolean } {
  if (typeof payload !== "object" || payload === null || !("firings" in payload))
    return { ids: [], heldBack: false };
  const { firings } = payload;
  const ids = Array.isArray(firings) ? firings.filter((id) => typeof id === "string") : [];
  return { ids, heldBack: "heldBack" in payload && payload.heldBack === true };
}
