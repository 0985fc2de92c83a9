import type { App, RespondFn } from "@slack/bolt";
import { ask, DIRECT, dressed, type Said, SHARE_ACTION, type Workshop } from "./answering.ts";
import { deliver, type Spot } from "./api.ts";
import { ASK_ACTION, type SlackMessage, toSlack } from "./blocks.ts";
import { type Guard, teamOf } from "./guard.ts";
import { escaped, typed } from "./mrkdwn.ts";
import { besides, MAX_TEXT, type Press, pressOf, type Send } from "./press.ts";
import { refusalOf } from "./report.ts";
import { respondWith } from "./respond.ts";
import { notice, wordsOf } from "./words.ts";

/** `/carteira …`: acknowledged at once, answered to the one who asked. */
export function listenToCommand(app: App, workshop: Workshop, guard: Guard): void {
  app.command("/carteira", async ({ ack, command, respond }) => {
    await ack();
    const send: Send = (message) => respondWith(respond, message, { visibility: "ephemeral" });
    await guard("slack_command_failed", send, async () => {
      const said = {
        person: { team: command.team_id, user: command.user_id },
        channel: command.channel_id,
        eventId: `slack:command:${command.trigger_id}`,
        text: `/carteira ${typed(command.text ?? "")}`.trim(),
      };
      await answer(workshop, said, { send, shareable: !DIRECT.test(command.channel_id) });
    });
  });
}

/** Mentions are answered to the one who asked, where they asked; direct messages where they stand. */
export function listenToMessages(app: App, workshop: Workshop, guard: Guard): void {
  const { api } = workshop;
  app.event("app_mention", async ({ event, body, context }) => {
    const { user, channel, thread_ts: thread } = event;
    if (user === undefined || event.bot_id !== undefined) return;
    // Outside a thread that is under way, Slack does not show what only one person may see.
    const send: Send = (message) => api.whisper({ channel, thread }, user, message);
    await guard("slack_mention_failed", send, async () => {
      const text = withoutMention(event.text, context.botUserId);
      const eventId = `slack:event:${body.event_id}`;
      if (hasFiles(event)) {
        const notAllowed = notice(wordsOf(workshop.settings.language).filesInDirectMessage);
        if (await workshop.deps.claim(eventId)) await deliver(toSlack(notAllowed), send);
        return;
      }
      const person = { team: teamOf(body.team_id), user };
      await answer(workshop, { person, channel, eventId, text }, { send, shareable: true });
    });
  });
  app.event("message", async ({ event, body, context }) => {
    if (event.subtype !== undefined || event.channel_type !== "im" || event.bot_id !== undefined) return;
    const { user, channel, thread_ts: thread } = event;
    if ((event.files ?? []).length > 0) return;
    const send: Send = (message) => api.post({ channel, thread }, message);
    await guard("slack_message_failed", send, async () => {
      const text = withoutMention(event.text ?? "", context.botUserId);
      const eventId = `slack:event:${body.event_id}`;
      await answer(
        workshop,
        { person: { team: teamOf(body.team_id), user }, channel, eventId, text },
        { send },
      );
    });
  });
}

/** A button says its words as the one who pressed it: whose message it stands in gives no right to anything. */
export function listenToButtons(app: App, workshop: Workshop, guard: Guard): void {
  app.action(
    { type: "block_actions", action_id: new RegExp(`^${ASK_ACTION}`) },
    async ({ ack, body, action, respond }) => {
      await ack();
      if (body.type !== "block_actions" || action.type !== "button") return;
      const press = pressOf(body, action.value);
      const send = besides(workshop, press, respond);
      await guard("slack_button_failed", send, () =>
        answer(
          workshop,
          { ...press, channel: press.channel ?? "home" },
          { send, shareable: press.shareable },
        ),
      );
    },
  );
  app.action({ type: "block_actions", action_id: SHARE_ACTION }, async ({ ack, body, action, respond }) => {
    await ack();
    if (body.type !== "block_actions" || action.type !== "button") return;
    const press = pressOf(body, action.value);
    const { channel } = press;
    if (channel === null) return;
    const send = besides(workshop, press, respond);
    await guard("slack_share_failed", send, () => share(workshop, { ...press, channel }, { send, respond }));
  });
}

/** A mention may come with files, which Bolt's types do not tell of. */
function hasFiles(event: object): boolean {
  return "files" in event && Array.isArray(event.files) && event.files.length > 0;
}

interface Ways {
  readonly send: Send;
  readonly shareable?: boolean;
}

/** Answers what was said; false where the event was seen before. */
export async function answer(
  workshop: Workshop,
  said: Said,
  { send, shareable = false }: Ways,
): Promise<boolean> {
  const reply = await ask(workshop, { ...said, text: said.text.slice(0, MAX_TEXT) });
  if (reply === null) return false;
  await deliver(await dressed(workshop, reply, { person: said.person, shareable }), send);
  return true;
}

/** Asks again as the one who shares, and shows all in the channel what they may see. */
async function share(
  workshop: Workshop,
  press: Press & { readonly channel: string },
  { send, respond }: { readonly send: Send; readonly respond: RespondFn },
): Promise<void> {
  const { person, channel, thread } = press;
  const reply = await ask(workshop, press);
  if (reply === null) return;
  // What did not come to an answer concerns only the one who asked.
  if (reply.answer?.status !== "ok")
    return void (await deliver(await dressed(workshop, reply, { person }), send));
  const words = wordsOf(reply.answer.question.language);
  const notes = [words.sharedBy(`<@${person.user}>`)];
  await deliver(await dressed(workshop, reply, { person, notes }), (message) =>
    inPublic(workshop, { channel, thread }, message, respond),
  );
}

/** Posts in the channel; where the app is no member, through the answer to the button. */
async function inPublic(
  { api }: Workshop,
  spot: Spot,
  message: SlackMessage,
  respond: RespondFn,
): Promise<void> {
  try {
    await api.post(spot, message);
  } catch (error) {
    if (!["not_in_channel", "channel_not_found"].includes(refusalOf(error) ?? "")) throw error;
    await respondWith(respond, message, { visibility: "in_channel", thread: spot.thread });
  }
}

/** What was said to the app, without its name at the beginning. */
function withoutMention(text: string, botUser: string | undefined): string {
  const mention = new RegExp(`<@${escaped(botUser ?? "")}(?:\\|[^>]*)?>`, "g");
  return typed(botUser === undefined ? text : text.replace(mention, " "));
}
