import type { Message } from "../../src/messages/message.ts";
import { dayIn } from "../../src/money/day.ts";
import type { Intent } from "../../src/questions/question.ts";
import type { AlertRule } from "../../src/state/index.ts";
import type { AlertTurn, Desk } from "./desk.ts";
import { messageWith } from "./page.ts";
import { listReply } from "./replies.ts";
import { standingOf } from "./step.ts";

/** All rules of the asker with their states, quiet hours, and the form that makes another. */
export async function listRules(desk: Desk): Promise<Message> {
  const { state, now } = desk.deps;
  const [rules, quiet] = await Promise.all([desk.rules(), state.alertRules.quietHours(desk.asker.userId)]);
  const states = await state.alerts.states(rules.map(({ row }) => row.id));
  const today = dayIn(now());
  const active = Map.groupBy(
    states.filter(({ value }) => {
      const standing = standingOf(value);
      return standing?.active === true && (standing.day === null || standing.day === today);
    }),
    ({ ruleId }) => ruleId,
  );
  const listed = rules.map(({ row, rule }) => ({
    number: row.number,
    words: desk.say(rule),
    state: stateOf(desk, row, active.get(row.id)?.length ?? 0),
  }));
  const hours = quiet === null ? null : desk.pen.words.quietNow(quiet.from, quiet.to);
  return listReply(listed, hours, desk.pen, desk.footer);
}

/** Asks which of the rules is meant, and shows them. */
export async function askWhich(desk: Desk, intent: Intent, question: string): Promise<AlertTurn> {
  const list = await listRules(desk);
  return desk.turn(intent, messageWith(question, list.blocks, { footer: desk.footer }), "clarify");
}

function stateOf({ deps, pen }: Desk, row: AlertRule, active: number): string {
  const { words, format } = pen;
  if (row.snoozedUntil !== null && row.snoozedUntil > deps.now().toISOString()) {
    return words.state.snoozed(format.moment(row.snoozedUntil));
  }
  return active > 0 ? words.state.active(format.count(active), active === 1) : words.state.waiting;
}
