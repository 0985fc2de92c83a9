import type { Block } from "../../src/messages/message.ts";
import type { Subscription, Subscriptions } from "../../src/state/index.ts";
import { readSchedule } from "../schedule/schedule.ts";
import { DEFAULT_SCHEDULE, type DigestChoice, readOptions } from "./choice.ts";
import { formBlock } from "./messages.ts";
import { DIGEST_KIND } from "./order.ts";
import { subscribeWords } from "./words.ts";
import { choicePhrase } from "./write-order.ts";

/** The digests that somebody has set, among their settings, and the form of the one in their direct messages. */
export async function digestSettings(
  {
    subscriptions,
    menu,
  }: { readonly subscriptions: Pick<Subscriptions, "ofOwner">; readonly menu: readonly string[] },
  owner: string,
  language: "pt" | "en",
): Promise<readonly Block[]> {
  const words = subscribeWords(language);
  const found = (await subscriptions.ofOwner(owner)).filter(({ kind }) => kind === DIGEST_KIND);
  const phrases = found.map((one) => phraseOf(one, menu, language));
  const direct = found.find(({ target }) => target.place === null);
  const value = phrases.length === 0 ? words.notSetShort : phrases.join("; ");
  return [
    { kind: "fields", fields: [{ label: words.form.title, value: { text: value } }] },
    formBlock({ here: false, language, choice: choiceOf(direct, menu), menu }),
  ];
}

function phraseOf(one: Subscription, menu: readonly string[], language: "pt" | "en"): string {
  const words = subscribeWords(language);
  return [
    choicePhrase(choiceOf(one, menu), language),
    ...(one.target.place === null ? [] : [words.inChannel]),
    ...(one.pausedAt === null ? [] : [words.inPause]),
  ].join(", ");
}

function choiceOf(found: Subscription | undefined, menu: readonly string[]): DigestChoice {
  const schedule = found === undefined ? null : readSchedule(found.schedule);
  return { schedule: schedule ?? DEFAULT_SCHEDULE, ...readOptions(found?.options, menu) };
}
