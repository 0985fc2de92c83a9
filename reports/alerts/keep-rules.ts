import type { ButtonsBlock, Message } from "../../src/messages/message.ts";
import type { Intent } from "../../src/questions/question.ts";
import type { AlertRule } from "../../src/state/index.ts";
import type { AlertTurn, Desk } from "./desk.ts";
import { buttons, messageWith, ruleButtons, text } from "./page.ts";
import type { AlertCommand } from "./read-command.ts";
import { namesOf, type Rule } from "./rule.ts";

/** Firings that are listed of one rule. */
const FIRINGS_SHOWN = 5;

/** Somebody else's number looks like one that was never given: numbers are each owner's own. */
export async function withRule(
  desk: Desk,
  { number, intent }: { readonly number: number; readonly intent: Intent },
  work: (row: AlertRule, rule: Rule) => Promise<Message>,
): Promise<AlertTurn> {
  const { words } = desk.pen;
  const named = (await desk.rules()).find(({ row }) => row.number === number);
  if (named === undefined) {
    const message = messageWith(words.noSuch(String(number)), [text(words.noSuchHint)], { tone: "warning" });
    return desk.turn(intent, message, "not_found");
  }
  return desk.turn(intent, await work(named.row, named.rule), "ok", namesOf(named.rule).client);
}

/** Where a rule stands, and when it last fired. */
export async function showRule(desk: Desk, row: AlertRule, rule: Rule): Promise<Message> {
  const { words, format } = desk.pen;
  const fired = await desk.deps.state.alerts.ofRule(row.id, FIRINGS_SHOWN);
  const times = fired.map(({ firedAt, subject }) => [
    { text: format.moment(firedAt) },
    { text: subject.replace(/ (?:up|down)$/, "").replaceAll("|", " · ") },
  ]);
  const { asset } = namesOf(rule);
  const holders =
    asset === null ? [] : [{ label: words.buttons.holders(asset), command: words.commands.holders(asset) }];
  return messageWith(
    `${words.number(String(row.number))}: ${desk.say(rule)}`,
    [
      ...(await desk.standingLines(rule)).map((line) => text(line)),
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
      buttons(...holders, ...ruleButtons(row.number, desk.pen).slice(1)),
    ],
    { footer: desk.footer },
  );
}

export async function deleteRule(desk: Desk, row: AlertRule, rule: Rule): Promise<Message> {
  await desk.deps.state.alertRules.remove(row.owner, row.number);
  const said = desk.pen.words.deleted(String(row.number), desk.say(rule));
  return messageWith(said, [listButton(desk)], { footer: desk.footer });
}

export async function snoozeRule(desk: Desk, row: AlertRule, until: Date): Promise<Message> {
  const { words, format } = desk.pen;
  const at = until.toISOString();
  await desk.deps.state.alertRules.snooze(row.owner, row.number, at);
  const said = words.snoozed(String(row.number), format.moment(at));
  return messageWith(said, [text(words.snoozedHint), listButton(desk)], { footer: desk.footer });
}

export async function wakeRule(desk: Desk, row: AlertRule): Promise<Message> {
  await desk.deps.state.alertRules.snooze(row.owner, row.number, null);
  const said = desk.pen.words.awake(String(row.number));
  return messageWith(said, [listButton(desk)], { footer: desk.footer });
}

export async function setQuiet(
  desk: Desk,
  hours: Extract<AlertCommand, { do: "quiet" }>["hours"],
): Promise<AlertTurn> {
  const { words } = desk.pen;
  if (hours === "unclear") {
    return desk.turn("alert_snooze", messageWith(words.quietUnclear, []), "clarify");
  }
  await desk.deps.state.alertRules.setQuietHours(desk.asker.userId, hours);
  const said = hours === null ? words.quietEnded : words.quietSet(hours.from, hours.to);
  return desk.turn("alert_snooze", messageWith(said, [], { footer: desk.footer }));
}

function listButton({ pen }: Desk): ButtonsBlock {
  const { buttons: label, commands } = pen.words;
  return buttons({ label: label.list, command: commands.list });
}
