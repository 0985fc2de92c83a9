import { afterEach, describe, expect, it } from "vitest";
import type { Order } from "../../src/conversation/order.ts";
import { sampleForm } from "../../src/messages/form.testing.ts";
import type { Message } from "../../src/messages/message.ts";
import { type Desk, type DeskOptions, event, openDesk, press, said, slashCommand } from "./slack.testing.ts";

let open: Desk | null = null;

async function desk(options: DeskOptions = {}): Promise<Desk> {
  open = await openDesk(options);
  return open;
}

afterEach(async () => {
  const closing = open;
  open = null;
  await closing?.close();
  expect(closing?.slack.problems ?? []).toEqual([]);
});

const message = (text: string, change: Record<string, unknown> = {}) => ({
  type: "message",
  channel: "D1",
  channel_type: "im",
  user: "U1",
  text,
  ts: "1.1",
  event_ts: "1.1",
  ...change,
});

describe("what Slack sends", () => {
  it("is answered to who asked, with a picture by its file and words for it", async () => {
    const { slack, send, eventually } = await desk();
    expect(await send(slashCommand(slack, "cliente123"))).toBe(200);
    await eventually(() => expect(slack.responses).toHaveLength(1));
    const [answer] = slack.responses;
    expect(answer).toMatchObject({ response_type: "ephemeral", replace_original: false });
    expect(answer?.["blocks"]).toContainEqual(
      expect.objectContaining({
        type: "image",
        slack_file: { id: "FUP1" },
        alt_text: expect.stringMatching(/\S/),
      }),
    );
    // The picture is in no channel.
    expect(slack.files.get("FUP1")?.channel).toBe(null);
    expect(slack.of("chat.postMessage")).toEqual([]);
  });

  it("is refused where it is forged, or old", async () => {
    const { slack, send, asked, logged, settled } = await desk();
    expect(await send(slashCommand(slack, "cliente123"), { secret: "another" })).toBe(401);
    expect(await send(slashCommand(slack, "cliente123"), { ageSeconds: 600 })).toBe(401);
    await settled();
    expect(asked).toEqual([]);
    expect(logged.map((line) => line.event)).toEqual(["slack_request_refused"]);
  });

  it("is answered once where somebody sends it again as it was, and refused after five minutes", async () => {
    const { slack, send, asked, settled } = await desk();
    const now = Math.floor(Date.now() / 1_000);
    const payloads = [slashCommand(slack, "cliente123"), event(message("carteira cliente123"))];
    for (const payload of payloads) {
      // The same bytes with the same signature, as whoever overheard them would send them.
      for (const _ of [1, 2, 3]) expect(await send(payload, { at: now - 200 })).toBe(200);
      expect(await send(payload, { at: now - 301 })).toBe(401);
      // A newer time than that which was signed.
      expect(await send(payload, { at: now - 301, claims: now })).toBe(401);
    }
    await settled();
    expect(asked).toHaveLength(2);
    expect(slack.responses).toHaveLength(1);
    expect(slack.of("chat.postMessage")).toHaveLength(1);
  });

  it("gets one answer, however often it comes, and from two processes", async () => {
    const { slack, send, second, settled } = await desk();
    const port = await second();
    const payload = event(message("carteira cliente123"));
    await Promise.all([
      send(payload),
      send(payload, { port }),
      send(payload, { retry: 1 }),
      send(payload, { retry: 2, port }),
    ]);
    const command = slashCommand(slack, "cliente123");
    await Promise.all([send(command), send(command, { port })]);
    await settled();
    expect(slack.of("chat.postMessage")).toHaveLength(1);
    expect(slack.responses).toHaveLength(1);
  });

  it("is read as it was typed", async () => {
    const { send, eventually, asked, slack } = await desk();
    await send(event(message("<@UBOT> carteira <mailto:x|cliente123>")));
    await eventually(() => expect(asked).toHaveLength(1));
    expect(asked[0]?.question).toMatchObject({ intent: "portfolio", client: "cliente123" });
    await eventually(() => expect(slack.of("chat.postMessage")).toHaveLength(1));
  });

  it("is answered in its thread, and in the channel to the asker alone", async () => {
    const { send, slack, eventually } = await desk();
    await send(event(message("carteira cliente123", { thread_ts: "0.9" })));
    const mention = {
      type: "app_mention",
      channel: "C1",
      user: "U1",
      text: "<@UBOT> carteira cliente123",
      ts: "1.1",
    };
    await send(event({ ...mention, thread_ts: "0.8" }));
    await eventually(() => expect(slack.of("chat.postEphemeral")).toHaveLength(1));
    expect(slack.of("chat.postMessage")[0]?.args).toMatchObject({ channel: "D1", thread_ts: "0.9" });
    expect(slack.of("chat.postEphemeral")[0]?.args).toMatchObject({
      channel: "C1",
      user: "U1",
      thread_ts: "0.8",
    });
    expect(slack.of("chat.postEphemeral")[0]?.args["text"]).toContain("Ana Souza");
  });

  it("is passed over where a bot says it, or where nobody asked", async () => {
    const { send, slack, asked, settled } = await desk();
    await send(event(message("carteira cliente123", { bot_id: "B2" })));
    await send(event(message("carteira cliente123", { channel: "C1", channel_type: "channel" })));
    await send(event(message("x", { subtype: "message_changed" })));
    await settled();
    expect(asked).toEqual([]);
    expect(slack.of("chat.postMessage")).toEqual([]);
  });

  it("shows a stranger nothing but who they are here", async () => {
    const { send, slack, asked, eventually } = await desk();
    await send(slashCommand(slack, "cliente123", { user_id: "U9" }));
    await eventually(() => expect(slack.responses).toHaveLength(1));
    expect(said(slack.responses[0])).toContain("slack:T1:U9");
    expect(said(slack.responses[0])).not.toContain("Ana Souza");
    expect(asked).toEqual([]);
  });
});

describe("a button", () => {
  it("asks its own words as who pressed it", async () => {
    const { send, slack, asked, eventually } = await desk();
    const action = { type: "button", action_id: "carteira.ask.0", value: "carteira de cliente123" };
    await send(press(slack, action, { user: { id: "U2", username: "u", team_id: "T1" } }));
    await eventually(() => expect(slack.responses).toHaveLength(1));
    expect(asked).toMatchObject([{ question: { client: "cliente123" }, brokers: ["corretor2"] }]);
    expect(slack.responses[0]).toMatchObject({ response_type: "ephemeral" });
  });

  it("is answered in the direct message that it stands in", async () => {
    const { send, slack, eventually } = await desk();
    const action = { type: "button", action_id: "carteira.ask.3", value: "carteira de cliente123" };
    const direct = {
      channel: { id: "D1", name: "directmessage" },
      container: { type: "message", channel_id: "D1" },
    };
    await send(press(slack, action, direct));
    await eventually(() => expect(slack.of("chat.postMessage")).toHaveLength(1));
    expect(said(slack.of("chat.postMessage")[0]?.args)).not.toContain("carteira.share");
  });

  it("shares after a confirmation, by asking again as who shares", async () => {
    const { send, slack, asked, eventually } = await desk();
    await send(slashCommand(slack, "cliente123"));
    await eventually(() => expect(slack.responses).toHaveLength(1));
    const share = shareOf(slack.responses[0]);
    expect(share).toMatchObject({ value: "carteira de cliente123", confirm: { title: {} } });

    await send(
      press(slack, { ...share, type: "button" }, { user: { id: "U2", username: "u", team_id: "T1" } }),
    );
    await eventually(() => expect(slack.of("chat.postMessage")).toHaveLength(1));
    const shared = slack.of("chat.postMessage")[0]?.args;
    expect(shared).toMatchObject({ channel: "C1" });
    expect(said(shared)).toContain("<@U2>");
    expect(said(shared)).not.toContain("carteira.share");
    expect(asked.at(-1)?.brokers).toEqual(["corretor2"]);
  });

  it("shares nothing that the one who shares may not see", async () => {
    const { send, slack, eventually, settled } = await desk();
    const share = { type: "button", action_id: "carteira.share", value: "carteira de cliente123" };
    await send(press(slack, share, { user: { id: "U9", username: "u", team_id: "T1" } }));
    await eventually(() => expect(slack.responses).toHaveLength(1));
    await settled();
    expect(slack.responses[0]).toMatchObject({ response_type: "ephemeral" });
    expect(slack.of("chat.postMessage")).toEqual([]);
  });

  it("shares where the app is no member through the button itself", async () => {
    const { send, slack, eventually } = await desk();
    slack.fault("chat.postMessage", { error: "not_in_channel" });
    await send(
      press(slack, { type: "button", action_id: "carteira.share", value: "carteira de cliente123" }),
    );
    await eventually(() => expect(slack.responses).toMatchObject([{ response_type: "in_channel" }]));
  });
});

function shareOf(message: unknown): Readonly<Record<string, unknown>> {
  const found = /\{"type":"button"(?:(?!"type":"button").)*"action_id":"carteira\.share".*?\}\}\}/.exec(
    JSON.stringify(message),
  );
  return JSON.parse(found?.[0] ?? "{}");
}

describe("App Home", () => {
  const opened = (user: string) => ({
    type: "app_home_opened",
    user,
    channel: "D1",
    tab: "home",
    event_ts: "1.1",
  });

  it("shows the broker's own book and what to ask", async () => {
    const { send, slack, asked, eventually } = await desk();
    await send(event(opened("U1")));
    await eventually(() => expect(slack.of("views.publish")).toHaveLength(1));
    expect(asked.map(({ question }) => question.intent)).toEqual(["aum", "movers"]);
    expect(slack.of("views.publish")[0]?.args).toMatchObject({ user_id: "U1" });
    expect(said(slack.of("views.publish")[0]?.args)).toContain("/carteira quem tem VALE3");
  });

  const told: string[] = [];
  /** Answers as each part of Home would, with the form of a setting. */
  const parts: Order = {
    take: async ({ text }) => {
      const part = ["o que está desatualizado?", "últimos arquivos", "configurações"].indexOf(text);
      if (part < 0) return null;
      told.push(text);
      const headline = `parte ${part}`;
      const row = Array.from({ length: 30 }, (_, at) => [{ text: `linha ${at}` }, { text: "x".repeat(700) }]);
      const columns = ["a", "b"].map((label) => ({ label, align: "left" as const }));
      const blocks: Message["blocks"] = part === 2 ? [sampleForm] : [{ kind: "table", columns, rows: row }];
      return {
        reply: { message: { text: headline, headline, blocks, footer: [] }, answer: null },
        audited: { intent: "part", client: null, outcome: "ok" },
      };
    },
  };

  it("shows what is stale, the last files and the settings, however much there is of each", async () => {
    told.length = 0;
    const { send, slack, eventually } = await desk({ conversation: { orders: [parts] } });
    await send(event(opened("U1")));
    await eventually(() => expect(slack.of("views.publish")).toHaveLength(1));
    const view = said(slack.of("views.publish")[0]?.args);
    expect(told).toHaveLength(3);
    for (const part of [0, 1, 2]) expect(view).toContain(`parte ${part}`);
    expect(view).toContain("carteira.form.0");
    expect(view).toContain("/carteira quem tem VALE3");
  });

  it("is in the language that the person has set", async () => {
    const identify = async () => ({
      userId: "person:ana",
      brokers: ["corretor1"],
      admin: false,
      language: "en" as const,
      person: { id: "ana", language: "en" as const },
    });
    const { send, slack, eventually } = await desk({ conversation: { identify } });
    await send(event(opened("U1")));
    await eventually(() => expect(slack.of("views.publish")).toHaveLength(1));
    const view = said(slack.of("views.publish")[0]?.args);
    expect(view).toContain("Your book");
    expect(view).toContain("/carteira who holds VALE3");
  });

  it("tells a stranger so", async () => {
    const { send, slack, eventually } = await desk();
    await send(event(opened("U9")));
    await eventually(() => expect(slack.of("views.publish")).toHaveLength(1));
    expect(said(slack.of("views.publish")[0]?.args)).toContain("Ainda não sei quem você é.");
  });
});
