import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "@slack/bolt";
import type { Reply } from "../../src/conversation/turn.ts";
import { DIRECT, dressed, type Person, placeOf, type Workshop, whoIs } from "./answering.ts";
import { deliver, type SlackFile, type Spot } from "./api.ts";
import { type SlackMessage, toSlack } from "./blocks.ts";
import { CHOOSE_ACTION, chooser, fileOfChooser } from "./chooser.ts";
import { download, maxBytesOf, unfitness } from "./download.ts";
import { type Guard, teamOf } from "./guard.ts";
import { typed } from "./mrkdwn.ts";
import type { Send } from "./press.ts";
import { openProgress } from "./progress.ts";
import { answer } from "./talking.ts";
import { notice, wordsOf } from "./words.ts";

/** How long the announcement without a text waits for the one that may have it. */
const MESSAGE_FIRST_MS = 1_500;
/** Files of one message that are taken. */
const MAX_FILES = 10;

/** A file that somebody put into their talk with the app. */
interface Dropped {
  readonly person: Person;
  readonly spot: Spot;
  readonly fileId: string;
  readonly clientId: string | null;
  /** What the drop is claimed by: one upload, however many times it is announced. */
  readonly claim: string;
  /** The message that a choice was made in, whose place the outcome takes. */
  readonly shown?: string;
}

/** Files in direct messages. Slack announces each twice, and either announcement may come first, or alone. */
export function listenToFiles(app: App, workshop: Workshop, guard: Guard): void {
  const { api, deps, settings } = workshop;
  const guarded = (dropped: Dropped, work: () => Promise<void>) =>
    guard("slack_file_failed", (message) => api.post(dropped.spot, message), work);
  const claimed = (dropped: Dropped) => deps.claim(dropped.claim);
  const take = (dropped: Dropped) => guarded(dropped, () => takeFile(workshop, dropped));
  const takeOnce = (dropped: Dropped, first: () => Promise<void> = async () => {}) =>
    guarded(dropped, async () => {
      await first();
      if (await claimed(dropped)) await takeFile(workshop, dropped);
    });
  app.event("message", async ({ event, body }) => {
    const shared = event.subtype === "file_share" || event.subtype === undefined;
    if (!shared || event.channel_type !== "im" || ("bot_id" in event && event.bot_id !== undefined)) return;
    const { channel, user, thread_ts: thread } = event;
    const ids = (event.files ?? []).map(({ id }) => id).filter((id) => id !== undefined);
    if (ids.length === 0) return;
    const person = { team: teamOf(body.team_id), user };
    const spot = { channel, thread };
    const send: Send = (message) => api.post(spot, message);
    await guard("slack_file_failed", send, async () => {
      const drops: Dropped[] = [];
      for (const id of ids.slice(0, MAX_FILES)) {
        const dropped = dropOf(person, spot, id);
        if (await claimed(dropped)) drops.push(dropped);
      }
      const text = typed(event.text ?? "");
      const said = { person, channel, eventId: `slack:event:${body.event_id}`, text };
      // What is said with a file may say whose it is, and so comes before it.
      if (text !== "") await answer(workshop, said, { send });
      for (const dropped of drops) await take(dropped);
    });
  });
  app.event("file_shared", async ({ event, body, context }) => {
    const { channel_id: channel, user_id: user, file_id: id } = event;
    // What the app itself uploads is announced too.
    if (!DIRECT.test(channel) || user === context.botUserId) return;
    const dropped = dropOf({ team: teamOf(body.team_id), user }, { channel }, id);
    await takeOnce(dropped, async () => {
      // The message tells more, and mostly comes as well.
      await sleep(Math.min(settings.paceMs ?? MESSAGE_FIRST_MS, MESSAGE_FIRST_MS));
    });
  });
  app.action({ type: "block_actions", action_id: CHOOSE_ACTION }, async ({ ack, body, action }) => {
    await ack();
    if (body.type !== "block_actions" || action.type !== "static_select") return;
    const { channel, message, user, team } = body;
    const fileId = fileOfChooser(action.block_id);
    if (channel === undefined || message === undefined || fileId === null) return;
    // Once the file is taken the choice is gone; until then a second choice of an impatient hand is the same one.
    const claim = `slack:choice:${channel.id}:${message.ts}`;
    const person = { team: teamOf(team?.id ?? user.team_id), user: user.id };
    const clientId = action.selected_option.value;
    await takeOnce({ person, spot: { channel: channel.id }, fileId, clientId, claim, shown: message.ts });
  });
}

function dropOf(person: Person, spot: Spot, fileId: string): Dropped {
  return { person, spot, fileId, clientId: null, claim: `slack:file:${spot.channel}:${fileId}` };
}

/** The file that an event names is neither its sender's nor in their talk: told like one that is not there. */
class ForeignFileError extends Error {
  override readonly name = "ForeignFileError";
  readonly code = "file_not_found";
}

/**
 * Our token opens the files of everybody's direct messages: what comes of one is only told to whoever put it there, and
 * where it lies.
 */
function isOf({ person, spot }: Dropped, { owner, directs }: SlackFile): boolean {
  return owner === person.user || directs.includes(spot.channel);
}

/** Takes a file that was claimed. */
async function takeFile(workshop: Workshop, dropped: Dropped): Promise<void> {
  const { settings, api } = workshop;
  const file = await api.fileInfo(dropped.fileId);
  if (!isOf(dropped, file)) throw new ForeignFileError();
  const words = wordsOf(settings.language);
  switch (unfitness(file, settings)) {
    case "not_readable":
      return await tell(workshop, dropped.spot, notice(words.fileNotReadable(file.name), words.fileHint));
    case "too_large": {
      const megabytes = Math.floor(maxBytesOf(settings) / 1_048_576);
      const said = notice(words.fileTooLarge(file.name, megabytes), words.fileTooLargeHint);
      return await tell(workshop, dropped.spot, said);
    }
    case null:
      return await takeReadable(workshop, dropped, file);
  }
}

async function tell(workshop: Workshop, spot: Spot, message: Parameters<typeof toSlack>[0]): Promise<void> {
  await deliver(toSlack(message), (part) => workshop.api.post(spot, part));
}

async function takeReadable(workshop: Workshop, dropped: Dropped, file: SlackFile): Promise<void> {
  const { deps, settings, api, reporter } = workshop;
  const words = wordsOf(settings.language);
  const progress = await openProgress(workshop, dropped.spot, {
    shown: dropped.shown,
    first: notice(words.receiving(file.name)),
  });
  let body: Awaited<ReturnType<typeof download>>;
  try {
    body = await download(file, settings);
  } catch (error) {
    const ref = reporter.failure("slack_download_failed", error);
    return await progress.end(toSlack(notice(words.fileFailed(file.name), words.fileFailedHint(ref))));
  }
  const reply = await deps.conversation.drop(
    {
      eventId: `${dropped.claim}:drop`,
      who: whoIs(dropped.person),
      place: placeOf(dropped.person, dropped.spot.channel),
      fileName: file.name,
      body,
      clientId: dropped.clientId,
    },
    progress.show,
  );
  if (reply === null) return await progress.end(null);
  await progress.end(await outcome(workshop, dropped, reply));
  for (const attachment of reply.attachments ?? []) await api.uploadFile(dropped.spot, attachment);
}

async function outcome(workshop: Workshop, dropped: Dropped, reply: Reply): Promise<readonly SlackMessage[]> {
  const parts = await dressed(workshop, reply, { person: dropped.person });
  const clients = reply.chooseClient ?? [];
  if (clients.length === 0) return parts;
  const last = parts.at(-1);
  if (last === undefined) return parts;
  const choice = chooser(clients, dropped.fileId, wordsOf(workshop.settings.language).chooseClient);
  return [...parts.slice(0, -1), { ...last, blocks: [...last.blocks, choice] }];
}
