import type { Asker } from "../../src/access/access.ts";
import { CALENDAR_YEARS, CalendarError, calendarReach } from "../../src/market/calendar.ts";
import type { Message } from "../../src/messages/message.ts";
import { dayIn } from "../../src/money/day.ts";
import type { Deliveries, Subscription, Subscriptions, Target } from "../../src/state/index.ts";
import { deliveryKey } from "../schedule/planning.ts";
import { readSchedule, scheduleOf, TIMES_MAX } from "../schedule/schedule.ts";
import { nextRuns, type SlotRules } from "../schedule/slots.ts";
import { DEFAULT_OPTIONS, DEFAULT_SCHEDULE, type DigestChoice, readOptions } from "./choice.ts";
import { noticeMessage, settingsMessage } from "./messages.ts";
import { type DigestOrder, type DigestWishes, readDigestOrder } from "./read-order.ts";
import { subscribeWords } from "./words.ts";
import { choicePhrase } from "./write-order.ts";

/** Digests as people set them in a chat: each for themselves, in their own direct messages or, once they confirm it, in a channel of Slack. */

export const DIGEST_KIND = "digest";
/** A digest that was asked for now is not wanted any more after this. */
const NOW_WORTH_MS = 15 * 60_000;

export interface DigestOrderDeps {
  readonly subscriptions: Subscriptions;
  readonly deliveries: Pick<Deliveries, "add">;
  readonly rules: SlotRules;
  /** The parts there are, by id and in order. */
  readonly menu: readonly string[];
  /** Whether something can be sent unasked in a channel from here. */
  readonly reaches: (channel: Target["channel"]) => boolean;
  readonly now: () => Date;
}

type Language = "pt" | "en";

interface Said {
  readonly eventId: string;
  readonly who: string;
  /** The talk that it is said in, as the channel names it. */
  readonly place: string;
  readonly text: string;
  readonly language: Language;
}

interface Turn {
  readonly reply: { readonly message: Message; readonly answer: null };
  readonly audited: {
    readonly intent: string;
    readonly client: null;
    readonly outcome: "ok" | "clarify" | "refused";
  };
}

interface Work {
  readonly deps: DigestOrderDeps;
  readonly said: Said;
  readonly asker: Asker;
  readonly target: Target;
  readonly found: Subscription | null;
}

/** Takes orders about the digest; shaped as src/conversation/order.ts has it. */
export function createDigestOrder(deps: DigestOrderDeps): {
  take(said: Said, asker: Asker): Promise<Turn | null>;
} {
  return {
    async take(said, asker) {
      const order = readDigestOrder(said.text);
      if (order === null) return null;
      const target = order.here === true ? channelTarget(said) : ownTarget(said.who);
      const words = subscribeWords(said.language);
      if (target === null) {
        return turn("digest_here", "refused", noticeMessage(words.noChannel, words.noChannelHint));
      }
      if (showsToOthers(order)) return turn("digest_here", "clarify", confirmMessage(said));
      const kept = await deps.subscriptions.findFor(DIGEST_KIND, target);
      // A channel's user may have been somebody else before: what that person set is not this one's to see.
      const found = kept?.owner === asker.userId ? kept : null;
      return await follow(order, { deps, said, asker, target, found });
    },
  };
}

/** The direct messages of whoever speaks. */
function ownTarget(who: string): Target {
  const channel = who.startsWith("slack:") ? "slack" : who.startsWith("teams:") ? "teams" : "console";
  return { channel, who, place: null };
}

/** The channel of Slack in which somebody speaks; null elsewhere: what is said there is between two. */
function channelTarget({ who, place }: Said): Target | null {
  const channel = /^slack:[^:]+:([CG][^:]*):/.exec(place)?.[1];
  return channel === undefined || !who.startsWith("slack:")
    ? null
    : { channel: "slack", who, place: channel };
}

/** Whether others would read about somebody's clients by it, and nobody has said that this is wanted. */
function showsToOthers({ kind, here, confirmed }: DigestOrder): boolean {
  return here === true && confirmed !== true && (kind === "set" || kind === "now" || kind === "resume");
}

function confirmMessage({ text, language }: Said): Message {
  const words = subscribeWords(language);
  const button = { label: words.buttons.confirm, command: `${text.trim()} ${words.confirm}` };
  const asked = noticeMessage(words.confirmHere, words.confirmHereHint);
  return { ...asked, blocks: [...asked.blocks, { kind: "buttons", buttons: [button] }] };
}

async function follow(order: DigestOrder, work: Work): Promise<Turn> {
  const { deps, said, target, found } = work;
  const words = subscribeWords(said.language);
  const intent = `digest_${order.kind}`;
  if (order.kind === "unclear") {
    return turn(intent, "clarify", noticeMessage(words.unclear(order.word), words.unclearHint));
  }
  if (
    (order.kind === "set" || order.kind === "now" || order.kind === "resume") &&
    !deps.reaches(target.channel)
  ) {
    return turn(intent, "refused", noticeMessage(words.notHere, words.notHereHint));
  }
  switch (order.kind) {
    case "show":
      return turn(intent, "ok", shown(work, found));
    case "now":
      return await sendNow(work);
    case "set":
      return await set(work, order.wishes);
    default:
      if (found === null) return turn(intent, "clarify", shown(work, null, words.nothingSet));
      return await change(work, order.kind, found);
  }
}

async function sendNow({ deps, said, asker, target, found }: Work): Promise<Turn> {
  const at = deps.now();
  const options = found === null ? DEFAULT_OPTIONS : readOptions(found.options, deps.menu);
  await deps.deliveries.add([
    {
      // The event that asked for it: the channel may hand it over again.
      key: deliveryKey({ kind: DIGEST_KIND, subject: "now", slot: said.eventId, target }),
      kind: DIGEST_KIND,
      subscriptionId: null,
      owner: asker.userId,
      target,
      language: said.language,
      slot: at.toISOString(),
      expiresAt: new Date(at.getTime() + NOW_WORTH_MS).toISOString(),
      payload: { time: "now", options: { ...options, whenNothing: "say" } },
      state: "planned",
      reason: null,
    },
  ]);
  return turn("digest_now", "ok", noticeMessage(onItsWay(said, target), null, "neutral"));
}

function onItsWay({ language }: Said, { place }: Target): string {
  const words = subscribeWords(language);
  return place === null ? words.onItsWay : words.onItsWayHere;
}

async function set(work: Work, wishes: DigestWishes): Promise<Turn> {
  const { deps, said, asker, target, found } = work;
  const words = subscribeWords(said.language);
  const choice = chosen(found, wishes, deps.menu);
  if (choice === null) {
    return turn("digest_set", "clarify", noticeMessage(words.noSchedule, words.noScheduleHint(TIMES_MAX)));
  }
  // Asked before it is kept: a schedule that nobody can tell the next run of would be silent for ever.
  if (runsOf(choice, deps) === null) {
    return turn("digest_set", "refused", noticeMessage(words.calendarEnded, words.calendarEndedHint));
  }
  const { schedule, sections, whenNothing } = choice;
  const kept = await deps.subscriptions.put({
    owner: asker.userId,
    kind: DIGEST_KIND,
    target,
    schedule,
    language: said.language,
    options: { sections, whenNothing },
  });
  return turn("digest_set", "ok", shown(work, kept, words.nowSet(choicePhrase(choice, said.language))));
}

/** What was set, with what is wished changed. Null where that leaves no schedule. */
function chosen(
  found: Subscription | null,
  { times, days, zone, sections, whenNothing }: DigestWishes,
  menu: readonly string[],
): DigestChoice | null {
  const before = choiceOf(found, menu);
  const schedule = scheduleOf({
    zone: zone ?? before.schedule.zone,
    days: days ?? before.schedule.days,
    times: times ?? before.schedule.times,
  });
  if (schedule === null) return null;
  const parts = sections ?? before.sections;
  return {
    schedule,
    sections: parts === "all" ? "all" : menu.filter((id) => parts.includes(id)),
    whenNothing: whenNothing ?? before.whenNothing,
  };
}

function choiceOf(found: Subscription | null, menu: readonly string[]): DigestChoice {
  const schedule = found === null ? null : readSchedule(found.schedule);
  return { schedule: schedule ?? DEFAULT_SCHEDULE, ...readOptions(found?.options, menu) };
}

async function change(work: Work, kind: "pause" | "resume" | "stop", found: Subscription): Promise<Turn> {
  const { deps, said } = work;
  const words = subscribeWords(said.language);
  const { subscriptions } = deps;
  const changed = await {
    pause: subscriptions.pause,
    resume: subscriptions.resume,
    stop: subscriptions.remove,
  }[kind](found.id);
  const headline = changed
    ? {
        pause: words.paused,
        resume: words.resumed(choicePhrase(choiceOf(found, deps.menu), said.language)),
        stop: words.stopped,
      }[kind]
    : words.alreadySo;
  const now = await subscriptions.find(found.id);
  return turn(`digest_${kind}`, "ok", shown(work, now, headline));
}

function shown({ deps, said, target }: Work, subscription: Subscription | null, headline?: string): Message {
  const choice = choiceOf(subscription, deps.menu);
  const ending = calendarReach(dayIn(deps.now())) === "ending";
  return settingsMessage({
    language: said.language,
    here: target.place !== null,
    choice,
    isSet: subscription !== null,
    pausedAt: subscription?.pausedAt ?? null,
    runs: subscription === null || subscription.pausedAt !== null ? [] : (runsOf(choice, deps) ?? []),
    menu: deps.menu,
    warning: ending ? subscribeWords(said.language).calendarEnding(CALENDAR_YEARS.last) : null,
    ...(headline === undefined ? {} : { headline }),
  });
}

const RUNS_SHOWN = 3;

/** The next runs; null where B3's calendar has ended before the first. */
function runsOf({ schedule }: DigestChoice, { rules, now }: DigestOrderDeps): readonly Date[] | null {
  try {
    return nextRuns(schedule, RUNS_SHOWN, now(), rules).map(({ at }) => at);
  } catch (error) {
    if (error instanceof CalendarError) return null;
    throw error;
  }
}

function turn(intent: string, outcome: Turn["audited"]["outcome"], message: Message): Turn {
  return { reply: { message, answer: null }, audited: { intent, client: null, outcome } };
}
