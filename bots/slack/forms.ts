import type { App } from "@slack/bolt";
import { filledCommand, formIn } from "../../src/messages/form.ts";
import { ask, dressed, languageOf, type Person, type Workshop } from "./answering.ts";
import { deliver } from "./api.ts";
import { FORM_ACTION } from "./blocks.ts";
import { type Guard, teamOf } from "./guard.ts";
import { publishHome } from "./home.ts";
import { FORM_VIEW, type Kept, keptIn, modalOf, valuesIn } from "./modal.ts";
import { besides, type Press, pressOf, type Send } from "./press.ts";
import { refusalOf } from "./report.ts";
import { answer } from "./talking.ts";
import { wordsOf } from "./words.ts";

/** Slack holds a modal open to us for three seconds after the press. */
const TOO_LATE = new Set(["expired_trigger_id", "trigger_expired", "exchanged_trigger_id"]);
/** Where the app may not whisper, since it is no member. */
const NOT_THERE = new Set(["not_in_channel", "channel_not_found", "user_not_in_channel"]);

/**
 * Forms are modals: the button asks the form's own command as whoever pressed it, and the modal says the command that it
 * fills as whoever sends it. Neither gives a right to anything that typing would not.
 */
export function listenToForms(app: App, workshop: Workshop, guard: Guard): void {
  app.action(
    { type: "block_actions", action_id: new RegExp(`^${FORM_ACTION}`) },
    async ({ ack, body, action, respond }) => {
      await ack();
      if (body.type !== "block_actions" || action.type !== "button") return;
      const press = pressOf(body, action.value);
      const send = besides(workshop, press, respond);
      await guard("slack_form_failed", send, () => open(workshop, press, body.trigger_id, send));
    },
  );
  app.view({ type: "view_submission", callback_id: FORM_VIEW }, async ({ ack, body, view }) => {
    await ack();
    const kept = keptIn(view.private_metadata);
    if (kept === null) return;
    const person = { team: teamOf(body.team?.id ?? body.user.team_id), user: body.user.id };
    const send = backTo(workshop, person, kept);
    const said = {
      person,
      channel: kept.channel ?? "home",
      // A modal is sent once: sending it again, as after a lost answer, is the same event.
      eventId: `slack:view:${view.id}`,
      text: filledCommand(kept.command, valuesIn(view.state.values)),
    };
    const shareable = kept.channel !== null && !kept.direct;
    await guard("slack_form_failed", send, async () => {
      const answered = await answer(workshop, said, { send, shareable });
      // What was set from there is shown there.
      if (answered && kept.channel === null) await publishHome(workshop, person, `${said.eventId}:home`);
    });
  });
}

/** Opens the modal of the form that the press asks for; where there is none to open, what was said instead is shown. */
async function open(workshop: Workshop, press: Press, trigger: string, send: Send): Promise<void> {
  const reply = await ask(workshop, { ...press, channel: press.channel ?? "home" });
  if (reply === null) return;
  const form = formIn(reply.message, press.text);
  const { channel, thread, direct } = press;
  const language = languageOf(reply, workshop.settings);
  const view = form === null ? null : modalOf(form, { channel, thread, direct }, language);
  const late = view !== null && !(await opened(workshop, trigger, view));
  if (view !== null && !late) return;
  const notes = late ? [wordsOf(language).formLate] : [];
  await deliver(await dressed(workshop, reply, { person: press.person, notes }), send);
}

/** False where the press is too long ago for Slack. */
async function opened(
  { api }: Workshop,
  trigger: string,
  view: Parameters<Workshop["api"]["openView"]>[1],
): Promise<boolean> {
  try {
    await api.openView(trigger, view);
    return true;
  } catch (error) {
    if (TOO_LATE.has(refusalOf(error) ?? "")) return false;
    throw error;
  }
}

/** Answers a modal where it was opened, to whoever sent it alone; where that cannot be, in their direct message. */
function backTo({ api }: Workshop, { user }: Person, { channel, thread, direct }: Kept): Send {
  if (channel === null) return (message) => api.post({ channel: user }, message);
  if (direct) return (message) => api.post({ channel, thread }, message);
  return async (message) => {
    try {
      await api.whisper({ channel, thread }, user, message);
    } catch (error) {
      if (!NOT_THERE.has(refusalOf(error) ?? "")) throw error;
      await api.post({ channel: user }, message);
    }
  };
}
