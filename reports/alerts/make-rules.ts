import { dayIn } from "../../src/money/day.ts";
import { DEFAULT_RULES } from "./defaults.ts";
import { type AlertTurn, type Desk, found } from "./desk.ts";
import { listRules } from "./list-rules.ts";
import { buttons, messageWith, ruleButtons, text } from "./page.ts";
import { type RuleContext, readRule } from "./read-rule.ts";
import { doubtReply, notFoundReply } from "./replies.ts";
import { namesOf, type Rule } from "./rule.ts";
import { OwnerScope, readWatched } from "./watched.ts";

/** More than these nobody reads, and each is judged every minute. */
const RULES_MAX = 100;

/** Makes the rule that somebody wishes for, or asks back; null where no rule is wished for. */
export async function makeWished(desk: Desk, said: string): Promise<AlertTurn | null> {
  const { deps, pen, footer } = desk;
  const watched = await readWatched(desk.watch, [], deps.announced);
  const scope = new OwnerScope(desk.asker, watched);
  const context: RuleContext = {
    lexicon: desk.lexicon,
    today: dayIn(deps.now()),
    isWatchable: (asset) => scope.isWatchable(asset),
    quoteOf: (asset) => desk.quotes.get(asset) ?? null,
  };
  const reading = readRule(said, context);
  if (reading === null) return null;
  switch (reading.kind) {
    case "not_found":
      return desk.turn("alert_create", notFoundReply(reading.what, pen, footer), "not_found");
    case "doubt":
      return desk.turn("alert_create", doubtReply(reading.doubt, said, pen, footer), "clarify");
    case "rule":
      return await make(desk, reading.rule);
  }
}

/** Makes those of the standard rules that are not there yet. */
export async function makeDefaults(desk: Desk): Promise<AlertTurn> {
  const { words, format, language } = desk.pen;
  const there = await desk.rules();
  let made = 0;
  for (const definition of DEFAULT_RULES.filter((rule) => found(there, rule) === undefined)) {
    const added = { owner: desk.asker.userId, definition, language };
    if ((await desk.deps.state.alertRules.add(added, RULES_MAX)) !== null) made += 1;
  }
  const list = await listRules(desk);
  const headline = made === 0 ? words.defaultsThere : words.defaultsSet(format.count(made), made === 1);
  return desk.turn("alert_create", messageWith(headline, list.blocks, { footer: desk.footer }));
}

async function make(desk: Desk, rule: Rule): Promise<AlertTurn> {
  const { words, format, language } = desk.pen;
  const { client } = namesOf(rule);
  const there = found(await desk.rules(), rule);
  const added = { owner: desk.asker.userId, definition: rule, language };
  const row = there ?? (await desk.deps.state.alertRules.add(added, RULES_MAX));
  if (row === null) {
    const message = messageWith(words.full(format.count(RULES_MAX)), [text(words.fullHint)], {
      tone: "warning",
    });
    return desk.turn("alert_create", message, "clarify", client);
  }
  const sentence = there === undefined ? words.set : words.already;
  const message = messageWith(
    sentence(String(row.number), desk.say(rule)),
    [
      ...(await desk.standingLines(rule)).map((line) => text(line)),
      buttons(...ruleButtons(row.number, desk.pen)),
    ],
    { footer: desk.footer },
  );
  return desk.turn("alert_create", message, "ok", client);
}
