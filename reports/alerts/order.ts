import type { Asker } from "../../src/access/access.ts";
import { dayIn } from "../../src/money/day.ts";
import type { Language } from "../../src/questions/question.ts";
import { readQuestion } from "../../src/questions/read.ts";
import { prepare } from "../../src/questions/text.ts";
import { snoozeEnd } from "./clock.ts";
import { type AlertTurn, Desk, type OrderDeps } from "./desk.ts";
import { deleteRule, setQuiet, showRule, snoozeRule, wakeRule, withRule } from "./keep-rules.ts";
import { askWhich, listRules } from "./list-rules.ts";
import { makeDefaults, makeWished } from "./make-rules.ts";
import { type AlertCommand, readCommand } from "./read-command.ts";
import { isWish } from "./read-rule.ts";
import { formReply } from "./replies.ts";

export type { OrderDeps } from "./desk.ts";

export interface AlertOrder {
  take(
    utterance: { readonly text: string; readonly language: Language },
    asker: Asker,
  ): Promise<AlertTurn | null>;
}

/** What may be about alerts in words that no command has. */
const NAMES_ALERTS = /\b(?:alertas?|alerts?|avisos?)\b/;

/** What people tell in chat about alerts: to make them, to see them, to be left alone. */
export function createAlertOrder(deps: OrderDeps): AlertOrder {
  return {
    async take({ text: said, language }, asker) {
      const command = readCommand(said);
      const folded = prepare(said)
        .folded.replace(/^\s*carteira\s+/, "")
        .trim();
      if (command === null && !isWish(folded) && !NAMES_ALERTS.test(folded)) return null;
      const desk = await Desk.open(deps, asker, language);
      if (command !== null) return await follow(desk, command);
      return (await makeWished(desk, said)) ?? (await otherwise(desk, said));
    },
  };
}

async function follow(desk: Desk, command: AlertCommand): Promise<AlertTurn> {
  const { words } = desk.pen;
  switch (command.do) {
    case "list":
      return desk.turn("alert_list", await listRules(desk));
    case "form":
      return desk.turn("alert_create", formReply(desk.pen, desk.footer));
    case "defaults":
      return await makeDefaults(desk);
    case "quiet":
      return await setQuiet(desk, command.hours);
    case "show":
      return await withRule(desk, { number: command.number, intent: "alert_list" }, (row, rule) =>
        showRule(desk, row, rule),
      );
    case "delete": {
      const { number } = command;
      if (number === null) return await askWhich(desk, "alert_delete", words.which);
      return await withRule(desk, { number, intent: "alert_delete" }, (row, rule) =>
        deleteRule(desk, row, rule),
      );
    }
    case "wake":
      return await withRule(desk, { number: command.number, intent: "alert_snooze" }, (row) =>
        wakeRule(desk, row),
      );
    case "snooze": {
      const { number, span } = command;
      if (number === null || span === null) return await askWhich(desk, "alert_snooze", words.whichSnooze);
      const until = snoozeEnd(span, desk.deps.now(), desk.deps.hours);
      return await withRule(desk, { number, intent: "alert_snooze" }, (row) => snoozeRule(desk, row, until));
    }
  }
}

/** Said in other words: where it is about alerts all the same, they are shown with what can be done. */
async function otherwise(desk: Desk, said: string): Promise<AlertTurn | null> {
  const { words } = desk.pen;
  const context = { lexicon: desk.lexicon, today: dayIn(desk.deps.now()), previous: null };
  const { intent } = readQuestion(said, context).question;
  switch (intent) {
    case "alert_create":
      return desk.turn(intent, formReply(desk.pen, desk.footer), "clarify");
    case "alert_list":
      return desk.turn(intent, await listRules(desk));
    case "alert_delete":
      return await askWhich(desk, intent, words.which);
    case "alert_snooze":
      return await askWhich(desk, intent, words.whichSnooze);
    default:
      return null;
  }
}
