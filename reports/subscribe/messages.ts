import type { Block, FormBlock, Message } from "../../src/messages/message.ts";
import { messageOf, penOf } from "../../src/messages/page.ts";
import { weekday } from "../../src/money/day.ts";
import { DEFAULT_ZONE } from "../schedule/schedule.ts";
import { shownAt } from "../schedule/wall-clock.ts";
import type { DigestChoice } from "./choice.ts";
import { subscribeWords } from "./words.ts";
import {
  choicePhrase,
  daysPhrase,
  nothingPhrase,
  sectionsPhrase,
  timesPhrase,
  zonePhrase,
} from "./write-order.ts";

type Language = "pt" | "en";

/** One sentence, and what to do next. */
export function noticeMessage(
  headline: string,
  hint: string | null,
  tone: "warning" | "neutral" = "warning",
): Message {
  return messageOf({ headline, tone, blocks: [hint === null ? null : { kind: "text", text: hint }] }, []);
}

/** What is set, when it comes next, and the form to change it. */
export interface Settings {
  readonly language: Language;
  /** Of the digest that comes in the channel where this is said. */
  readonly here: boolean;
  readonly choice: DigestChoice;
  readonly isSet: boolean;
  readonly pausedAt: string | null;
  readonly runs: readonly Date[];
  readonly menu: readonly string[];
  readonly warning: string | null;
  /** In place of the sentence that says what is set. */
  readonly headline?: string;
}

export function settingsMessage(settings: Settings): Message {
  const { language, choice, isSet, pausedAt, warning } = settings;
  const words = subscribeWords(language);
  const phrase = choicePhrase(choice, language);
  const standing = !isSet ? words.notSet : pausedAt === null ? words.isSet(phrase) : words.isPaused(phrase);
  return messageOf(
    {
      headline: settings.headline ?? standing,
      blocks: [
        isSet ? fieldsBlock(settings) : { kind: "text", text: words.notSetHint },
        buttonsBlock(settings),
        formBlock(settings),
      ],
      notes: [warning],
    },
    [],
  );
}

function fieldsBlock({ language, choice, runs }: Settings): Block {
  const words = subscribeWords(language);
  const { zone } = choice.schedule;
  const next = runs.map((run) => runText(run, zone, language)).join(" · ");
  return {
    kind: "fields",
    fields: [
      { label: words.fields.next, value: { text: next === "" ? words.none : next } },
      { label: words.fields.parts, value: { text: sectionsPhrase(choice.sections, language) } },
      { label: words.fields.nothing, value: { text: words.form.labels[choice.whenNothing] } },
      ...(zone === DEFAULT_ZONE ? [] : [{ label: words.fields.zone, value: { text: zone } }]),
    ],
  };
}

/** `qui 26/11 09:00`, by the clocks of the schedule's zone. */
export function runText(run: Date, zone: string, language: Language): string {
  const { day, time } = shownAt(run, zone);
  const name = subscribeWords(language).weekdaysShort[weekday(day)] ?? "";
  return `${name} ${penOf(language).format.shortDay(day)} ${time}`;
}

/** A command as it is said of this digest and not of the one in the direct messages. */
function toldOf({ here, language }: Pick<Settings, "here" | "language">, command: string): string {
  return here ? `${command} ${subscribeWords(language).here}` : command;
}

function buttonsBlock(settings: Settings): Block {
  const { language, isSet, pausedAt } = settings;
  const { buttons, commands } = subscribeWords(language);
  const names = isSet
    ? (["now", pausedAt === null ? "pause" : "resume", "stop"] as const)
    : (["now"] as const);
  return {
    kind: "buttons",
    buttons: names.map((name) => ({ label: buttons[name], command: toldOf(settings, commands[name]) })),
  };
}

/** Half hours of a working day, in which digests are wanted; any other time can be typed. */
const FORM_TIMES = Array.from({ length: 30 }, (_, at) => {
  const minutes = 6 * 60 + at * 30;
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
});

/** Every choice is the words of the order that it makes: the form types what anybody could type. */
export function formBlock(settings: Pick<Settings, "language" | "here" | "choice" | "menu">): FormBlock {
  const { language, choice, menu } = settings;
  const words = subscribeWords(language);
  const { form, commands, noun, presets } = words;
  const zone = zonePhrase(choice.schedule.zone);
  const same = (label: string) => ({ label, value: label });
  const times = [presets.before_open, presets.after_close, form.both, ...FORM_TIMES.map(words.at)].map(same);
  const days = ["sessions" as const, ["mon", "tue", "wed", "thu", "fri"] as const, EVERY_DAY].map((some) =>
    same(daysPhrase(some, language)),
  );
  const parts = [
    same(words.everything),
    same(words.headlineOnly),
    ...menu.map((id) => same(sectionsPhrase([id], language))),
  ];
  const nothing = (["say", "skip"] as const).map((what) => ({
    label: form.labels[what],
    value: nothingPhrase(what, language),
  }));
  return {
    kind: "form",
    open: { label: form.open, command: toldOf(settings, commands.show) },
    title: form.title,
    fields: [
      field("when", form.when, times, timesPhrase(choice.schedule.times, language)),
      field("days", form.days, days, daysPhrase(choice.schedule.days, language)),
      field("parts", form.parts, parts, sectionsPhrase(choice.sections, language)),
      field("nothing", form.nothing, nothing, nothingPhrase(choice.whenNothing, language)),
    ],
    submit: {
      label: form.submit,
      command: toldOf(settings, [noun, "{when} {days} {parts} {nothing}", zone].join(" ").trim()),
    },
  };
}

const EVERY_DAY = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** A choice that holds what is set, also where it is none of the usual ones. */
function field(
  id: string,
  label: string,
  options: readonly { readonly label: string; readonly value: string }[],
  value: string,
): FormBlock["fields"][number] {
  const all = options.some((one) => one.value === value) ? options : [...options, { label: value, value }];
  return { kind: "choice", id, label, options: all, value };
}
