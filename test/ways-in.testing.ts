import { setTimeout as sleep } from "node:timers/promises";
import type { openDesk } from "../bots/slack/slack.testing.ts";
import { event, press, slashCommand } from "../bots/slack/slack.testing.ts";
import { type run, type Sent, TENANT } from "../bots/teams/fake-teams.testing.ts";

/** Every way by which something gets from a person into the service, over the channels' own wires. */

/** Where one try is made: nobody else sits there, so that whatever comes out there is its outcome. */
export interface Seat {
  /** Ends the ids of the user, of their direct message and of the channel. */
  readonly key: string;
  readonly text: string;
  /** The id that stands in payloads beside the text. */
  readonly id: string;
  /** What a dropped file holds. */
  readonly rows: readonly string[];
  /** Somebody else's file, held file or upload, or one that is not there. */
  readonly foreign: string;
  /** Another's user id, put wherever the wire has room for one beside the sender. */
  readonly impostor: string | null;
}

/** What came out, and in the end: the texts of messages, pictures as what they draw, files as their bytes. */
export interface Stage {
  readonly ways: Readonly<Record<string, (seat: Seat) => Promise<unknown>>>;
  who(key: string): string;
  /** Resolves when nothing is under way any more. */
  still(): Promise<void>;
  /** Resolves when all requests have their answer. */
  over(): Promise<void>;
  /** Everything that left for a seat, in order. */
  outOf(key: string): readonly unknown[];
  /** Everything that left, wherever to. */
  all(): readonly unknown[];
}

const B3 = [
  "Data do Negócio;Tipo de Movimentação;Mercado;Prazo/Vencimento;Instituição;Código de Negociação;Quantidade;Preço (R$);Valor Total (R$)",
  "05/01/2026;Compra;Mercado à Vista;-;XP;PETR4;1;R$ 30,00;R$ 30,00",
].join("\n");

type Desk = Awaited<ReturnType<typeof openDesk>>;

export function slackStage({ slack, send }: Desk, busy: () => number): Stage {
  const late: Promise<unknown>[] = [];
  const user = (key: string) => `U${key}`;
  const direct = (key: string) => `D${key}`;
  const group = (key: string) => `C${key}`;
  /** Fields beside the sender's that say it is another. */
  const lies = ({ impostor }: Seat) =>
    impostor === null
      ? {}
      : {
          authorizations: [{ team_id: "T1", user_id: impostor, is_bot: false }],
          authed_users: [impostor],
          parent_user_id: impostor,
          inviter: impostor,
          user_profile: { id: impostor, name: impostor },
          edited: { user: impostor, ts: "1.1" },
          message: { type: "message", ts: "1.1", user: impostor, text: "" },
          view: { id: "V1", type: "home", private_metadata: impostor, state: { values: {} } },
          state: { values: { b: { a: { type: "plain_text_input", value: impostor } } } },
        };
  const at = (seat: Seat) => ({
    user: { id: user(seat.key), username: seat.impostor ?? "u", team_id: "T1" },
    response_url: `${slack.origin}/response/${seat.key}`,
    trigger_id: `t${seat.key}`,
    channel: { id: group(seat.key), name: "geral" },
    container: { type: "message", channel_id: group(seat.key), message_ts: "1.1", is_ephemeral: true },
  });
  const inDirect = (seat: Seat) => ({
    ...at(seat),
    channel: { id: direct(seat.key), name: "directmessage" },
    container: { type: "message", channel_id: direct(seat.key), message_ts: "1.1" },
  });
  const button = (action: string, text: string) => ({ type: "button", action_id: action, value: text });
  const said = (seat: Seat, inner: Record<string, unknown>) =>
    send(event({ ts: "1.1", event_ts: "1.1", ...lies(seat), ...inner }, `Ev${seat.key}`));
  const share = (seat: Seat, id: string, words = "") =>
    said(seat, {
      type: "message",
      subtype: "file_share",
      channel: direct(seat.key),
      channel_type: "im",
      user: user(seat.key),
      text: words,
      files: [{ id }],
    });
  const choose = (seat: Seat, file: string, client: string) =>
    send(
      press(
        slack,
        {
          type: "static_select",
          action_id: "carteira.choose",
          block_id: `carteira.file:${file}`,
          selected_option: { text: { type: "plain_text", text: client }, value: client },
        },
        { ...inDirect(seat), ...lies(seat), message: { type: "message", ts: `1.${seat.key}` } },
      ),
    );
  const hold = (seat: Seat, name: string, body: string) => {
    const id = `F${seat.key}`;
    slack.hold({ id, name, body, user: user(seat.key), channel: direct(seat.key) });
    return id;
  };
  /** What nothing listens to is refused only after Slack's three seconds: nobody waits for that but the end. */
  const unheard = async (payload: Record<string, unknown>) => {
    late.push(send({ form: { payload: JSON.stringify(payload) } }));
  };
  const view = (seat: Seat, type: string) => ({
    type,
    ...at(seat),
    team: { id: "T1", domain: "t" },
    view: {
      id: "V1",
      type: "modal",
      callback_id: "carteira.choose",
      private_metadata: seat.id,
      blocks: [],
      state: { values: { client: { "carteira.choose": { type: "plain_text_input", value: seat.text } } } },
    },
  });
  const ways: Stage["ways"] = {
    "slash command": (seat) =>
      send(
        slashCommand(slack, seat.text, {
          user_id: user(seat.key),
          channel_id: group(seat.key),
          trigger_id: `t${seat.key}`,
          response_url: `${slack.origin}/response/${seat.key}`,
          ...(seat.impostor === null
            ? {}
            : { user_name: seat.impostor, enterprise_user_id: seat.impostor, user: seat.impostor }),
        }),
      ),
    "direct message": (seat) =>
      said(seat, {
        type: "message",
        channel: direct(seat.key),
        channel_type: "im",
        user: user(seat.key),
        text: seat.text,
      }),
    mention: (seat) =>
      said(seat, {
        type: "app_mention",
        channel: group(seat.key),
        user: user(seat.key),
        text: `<@UBOT> ${seat.text}`,
      }),
    button: (seat) => send(press(slack, button("carteira.ask.0", seat.text), { ...at(seat), ...lies(seat) })),
    "button in a direct message": (seat) =>
      send(press(slack, button("carteira.ask.7", seat.text), { ...inDirect(seat), ...lies(seat) })),
    "button at home": (seat) =>
      send(
        press(slack, button("carteira.ask.1", seat.text), {
          ...at(seat),
          ...lies(seat),
          channel: undefined,
          container: { type: "view", view_id: "V1" },
        }),
      ),
    "share button": (seat) =>
      send(press(slack, button("carteira.share", seat.text), { ...at(seat), ...lies(seat) })),
    "another's button": (seat) =>
      send(press(slack, button(`carteira.${seat.id}`, seat.text), { ...at(seat), ...lies(seat) })),
    "opened home": (seat) =>
      said(seat, { type: "app_home_opened", user: user(seat.key), channel: direct(seat.key), tab: "home" }),
    "file with rows": (seat) => share(seat, hold(seat, "operacoes.csv", `${seat.rows.join("\n")}\n`)),
    "client told before a file": (seat) =>
      share(seat, hold(seat, "negociacao.csv", B3), `importar ${seat.id}`),
    "chosen client": (seat) => choose(seat, hold(seat, "negociacao.csv", B3), seat.id),
    "file of another": (seat) => share(seat, seat.foreign),
    "file of another, announced": (seat) =>
      said(seat, {
        type: "file_shared",
        channel_id: direct(seat.key),
        user_id: user(seat.key),
        file_id: seat.foreign,
        file: { id: seat.foreign },
      }),
    "choice for another's file": (seat) => choose(seat, seat.foreign, seat.id),
    "button of a form": (seat) =>
      send(press(slack, button("carteira.form.0", seat.text), { ...at(seat), ...lies(seat) })),
    "form sent": (seat) => {
      const kept = { command: "{x}", channel: group(seat.key), direct: false };
      const sent = view(seat, "view_submission");
      const filled = {
        id: `V${seat.key}`,
        callback_id: "carteira.form",
        private_metadata: JSON.stringify(kept),
        state: { values: { "field.x": { value: { type: "plain_text_input", value: seat.text } } } },
      };
      return send({ form: { payload: JSON.stringify({ ...sent, view: { ...sent.view, ...filled } }) } });
    },
    "values of a view": (seat) => unheard(view(seat, "view_submission")),
    "options of a select": (seat) =>
      unheard({
        ...view(seat, "block_suggestion"),
        action_id: "carteira.choose",
        block_id: "b",
        value: seat.text,
      }),
  };
  return {
    ways,
    who: (key) => `slack:T1:${user(key)}`,
    still: () => stillness(() => slack.calls.length + slack.responses.length + slack.downloads, busy),
    over: async () => void (await Promise.all(late)),
    outOf: (key) => [
      ...slack.responsesTo.filter(({ id }) => id === key).map(({ args }) => args),
      ...slack.calls
        .filter(({ args }) =>
          [user(key), direct(key), group(key)].some((id) =>
            [args["channel"], args["user_id"], args["channel_id"]].includes(id),
          ),
        )
        .map(({ method, args }) => ({ method, args })),
    ],
    all: () => [
      ...slack.responses,
      ...slack.calls,
      // What the app itself uploaded: pictures, and rejected rows.
      ...[...slack.files.values()].filter((file) => file.user === "UBOT").map(({ body }) => body.toString()),
    ],
  };
}

/** Waits until nothing moved for a moment and nothing is under way. */
async function stillness(moved: () => number, busy: () => number): Promise<void> {
  for (let quiet = 0, last = -1; quiet < 4; ) {
    await sleep(15);
    const now = moved();
    quiet = now === last && busy() === 0 ? quiet + 1 : 0;
    last = now;
  }
}

type Running = Awaited<ReturnType<typeof run>>;

interface TeamsStage extends Stage {
  /** Lets somebody send files of which one waits for its client, and rejected rows of another wait to be kept. */
  held(key: string, rows: readonly string[]): Promise<{ readonly choice: string; readonly offer: string }>;
}

export function teamsStage(
  { fake, post, activity, references, teams: _ }: Running,
  busy: () => number,
): TeamsStage {
  let bodies = 0;
  const answered: { readonly key: string; readonly body: string }[] = [];
  const account = (key: string) => `acc-${key.toLowerCase()}`;
  const personOf = (seat: Seat) => ({
    // Ids of the channel itself and names say nothing about who somebody is.
    id: seat.impostor ?? `29:${seat.key}`,
    name: seat.impostor ?? "Ana",
    aadObjectId: account(seat.key),
  });
  const personal = (key: string) => ({ id: `a:${key}`, conversationType: "personal", tenantId: TENANT });
  const group = (key: string) => ({
    id: `19:${key}`,
    conversationType: "groupChat",
    isGroup: true,
    tenantId: TENANT,
  });
  const say = async (seat: Seat, more: object): Promise<void> => {
    bodies += 1;
    const lies =
      seat.impostor === null
        ? {}
        : {
            channelData: {
              tenant: { id: TENANT },
              legacy: { replyToId: seat.impostor },
              onBehalfOf: seat.impostor,
            },
            onBehalfOf: [{ itemid: 0, mri: seat.impostor, mentionType: "person" }],
            callerId: seat.impostor,
          };
    const id = `act-${seat.key}-${bodies}`;
    const body = { ...activity({}, personOf(seat)), id, conversation: personal(seat.key), ...lies, ...more };
    const response = await post(body);
    answered.push({ key: seat.key, body: await response.text() });
  };
  const action = (verb: string, data: object) => ({
    type: "invoke",
    name: "adaptiveCard/action",
    value: { action: { type: "Action.Execute", verb, data: { verb, ...data } }, trigger: "manual" },
  });
  const invoke = (name: string, value: object) => ({ type: "invoke", name, value });
  const file = (seat: Seat, name: string, body: string) => {
    fake.files.set(`/f/${seat.key}`, body);
    return {
      attachments: [
        {
          contentType: "application/vnd.microsoft.teams.file.download.info",
          name,
          content: { downloadUrl: `${fake.url}/f/${seat.key}`, uniqueId: "1", fileType: "csv" },
        },
      ],
    };
  };
  const consent = (seat: Seat, accept: boolean) =>
    invoke("fileConsent/invoke", {
      type: "fileUpload",
      action: accept ? "accept" : "decline",
      context: { file: seat.foreign, who: seat.impostor },
      uploadInfo: {
        uploadUrl: `${fake.url}/store/${seat.key}`,
        contentUrl: "x",
        uniqueId: "1",
        name: "r.csv",
      },
    });
  const ways: Stage["ways"] = {
    "personal message": (seat) => say(seat, { text: seat.text }),
    async "mention in a group"(seat) {
      const reference = {
        conversation: { ...personal(seat.key), isGroup: false, name: "" },
        channelId: "msteams",
        serviceUrl: fake.url,
        bot: { id: "28:bot", name: "Carteira" },
      };
      await references.save(`teams:${TENANT}:${account(seat.key)}`, reference);
      await say(seat, { text: `<at>Carteira</at> ${seat.text}`, conversation: group(seat.key) });
    },
    "Action.Execute": (seat) => say(seat, action("carteira/ask", { command: seat.text, client: seat.id })),
    "Action.Submit": (seat) => say(seat, { value: { verb: "carteira/ask", command: seat.text } }),
    "values of a form": (seat) =>
      say(seat, { text: seat.text, value: { client: seat.id, who: seat.impostor, verb: 1 } }),
    "file with rows": (seat) => say(seat, file(seat, "operacoes.csv", `${seat.rows.join("\n")}\n`)),
    "form sent": (seat) =>
      say(seat, action("carteira/form", { form: "form0", form0_x: seat.text, command: "{x}" })),
    "client told before a file": (seat) =>
      say(seat, { ...file(seat, "negociacao.csv", B3), text: `importar ${seat.id}` }),
    async "chosen client"(seat) {
      await say(seat, file(seat, "negociacao.csv", B3));
      await say(
        seat,
        action("carteira/client", {
          file: await heldFor(fake.sent, `a:${seat.key}`, /"carteira\/client","file":"([^"]+)"/),
          client: seat.id,
        }),
      );
    },
    "choice for another's file": (seat) =>
      say(seat, action("carteira/client", { file: seat.foreign, client: seat.id })),
    "another's file accepted": (seat) => say(seat, consent(seat, true)),
    "another's file declined": (seat) => say(seat, consent(seat, false)),
    "unknown verb": (seat) => say(seat, action(`carteira/${seat.id}`, { command: seat.text })),
    "task module": (seat) =>
      say(seat, invoke("task/submit", { data: { client: seat.id, command: seat.text } })),
    "message extension": (seat) =>
      say(
        seat,
        invoke("composeExtension/query", {
          commandId: "carteira",
          parameters: [{ name: "q", value: seat.text }],
        }),
      ),
  };
  return {
    ways,
    async held(key, rows) {
      const seat = { key, rows, text: "", id: "", foreign: "", impostor: null };
      await say(seat, file(seat, "negociacao.csv", B3));
      const choice = await heldFor(fake.sent, `a:${key}`, /"carteira\/client","file":"([^"]+)"/);
      await say(seat, file(seat, "operacoes.csv", rows.join("\n")));
      const offer = await heldFor(fake.sent, `a:${key}`, /"acceptContext":\{"file":"([^"]+)"/);
      return { choice, offer };
    },
    who: (key) => `teams:${TENANT}:${account(key)}`,
    still: () => stillness(() => fake.sent.length + fake.stored.length, busy),
    over: async () => {},
    outOf: (key) => [
      ...answered.filter((one) => one.key === key).map(({ body }) => body),
      ...fake.sent
        .filter(({ conversation }) => [`a:${key}`, `19:${key}`].includes(conversation))
        .filter((sent) => sent.activity["type"] !== "typing")
        .map(({ how, activity: { attachments, text, summary, value } }) => ({
          how,
          attachments,
          text,
          summary,
          value,
        })),
      ...fake.stored.filter(({ path }) => path === `/store/${key}`),
    ],
    all: () => [...answered, ...fake.sent, ...fake.stored],
  };
}

/** The id that a button carries, once it was sent; somebody whom nobody let in is never asked for a choice. */
async function heldFor(sent: readonly Sent[], conversation: string, carried: RegExp): Promise<string> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    for (const one of sent) {
      if (one.conversation !== conversation) continue;
      const said = JSON.stringify(one.activity);
      if (said.includes("Ainda não sei quem você é")) return "none";
      const found = carried.exec(said);
      if (found?.[1] !== undefined) return found[1];
    }
    await sleep(10);
  }
  throw new Error("no button came");
}
