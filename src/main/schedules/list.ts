import { deliveryWords } from "../../../reports/delivery/words.ts";
import { readSchedule, type Schedule } from "../../../reports/schedule/schedule.ts";
import { nextRuns } from "../../../reports/schedule/slots.ts";
import { runText } from "../../../reports/subscribe/messages.ts";
import { daysPhrase, timesPhrase } from "../../../reports/subscribe/write-order.ts";
import { CalendarError } from "../../market/calendar.ts";
import type { Subscription } from "../../state/index.ts";
import { lineOf } from "../checks/check.ts";
import { checkCalendar } from "../checks/machine.ts";
import { EXIT } from "../exit.ts";
import { planRules } from "../reports.ts";
import type { Shell } from "../shell.ts";
import { openStore } from "../store.ts";
import { table } from "../table.ts";
import type { Words } from "../words/words.ts";

const RUNS_SHOWN = 3;

/** A schedule as somebody reads it; `runs` null: they cannot be told. */
interface Listed {
  readonly subscription: Subscription;
  readonly schedule: Schedule | null;
  readonly runs: readonly Date[] | null;
}

/** Lists every schedule with its next three runs. */
export async function listSchedules(shell: Shell, json: boolean): Promise<number> {
  const { terminal, words, io } = shell;
  const { state } = await openStore(shell);
  const listed = (await state.subscriptions.list()).map((one) => look(one, shell));
  if (json) {
    terminal.json(listed.map(toJson));
    return EXIT.answered;
  }
  if (listed.length === 0) terminal.print(words.schedules.none);
  else
    for (const line of table([words.schedules.columns, ...listed.map((one) => cells(one, words))]))
      terminal.print(line);
  // A calendar that ends stops what goes by it: said before it is so.
  const calendar = checkCalendar(io.now(), words);
  if (listed.length > 0 && calendar.mark !== "ok") terminal.note(lineOf(calendar));
  return EXIT.answered;
}

function look(subscription: Subscription, { config, io }: Shell): Listed {
  const schedule = readSchedule(subscription.schedule);
  if (schedule === null) return { subscription, schedule, runs: null };
  try {
    const runs = nextRuns(schedule, RUNS_SHOWN, io.now(), planRules(config)).map(({ at }) => at);
    return { subscription, schedule, runs };
  } catch (error) {
    if (error instanceof CalendarError) return { subscription, schedule, runs: null };
    throw error;
  }
}

function cells(
  { subscription, schedule, runs }: Listed,
  { language, schedules: say }: Words,
): readonly string[] {
  const { id, kind, owner, target, pausedAt } = subscription;
  const zone = schedule?.zone ?? "";
  return [
    id,
    deliveryWords(language).kind(kind),
    owner,
    target.channel,
    schedule === null
      ? say.unreadable
      : `${timesPhrase(schedule.times, language)}, ${daysPhrase(schedule.days, language)}`,
    zone,
    pausedAt !== null
      ? say.paused
      : runs === null
        ? say.noRuns
        : runs.map((run) => runText(run, zone, language)).join(" · "),
  ];
}

function toJson({ subscription, schedule, runs }: Listed): object {
  const { id, kind, owner, target, language, options, pausedAt } = subscription;
  return {
    schedule: id,
    ...{ kind, owner, target, language, options, pausedAt },
    when: schedule,
    next: runs?.map((run) => run.toISOString()) ?? null,
  };
}
