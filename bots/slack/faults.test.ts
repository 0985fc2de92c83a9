import { afterEach, describe, expect, it } from "vitest";
import { FakeSlack } from "./fake-slack.testing.ts";
import { createPace } from "./pace.ts";
import { type Desk, type DeskOptions, event, openDesk, press, said, slashCommand } from "./slack.testing.ts";
import { createSlack } from "./slack.ts";

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

const dm = (text: string) =>
  event({ type: "message", channel: "D1", channel_type: "im", user: "U1", text, ts: "1.1", event_ts: "1.1" });

describe("a Slack that puts us off", () => {
  it("is asked again after the time that it names", async () => {
    const { slack, send, eventually } = await desk();
    slack.fault("chat.postMessage", { retryAfterSeconds: 1 });
    const began = performance.now();
    await send(dm("carteira cliente123"));
    await eventually(() => expect(slack.of("chat.postMessage")).toHaveLength(1));
    expect(performance.now() - began).toBeGreaterThanOrEqual(1_000);
  });

  it("gets no more than a message at a time in one channel", async () => {
    const pace = createPace(40);
    const starts: number[] = [];
    await Promise.all([1, 2, 3].map(() => pace.run("C1", async () => starts.push(performance.now()))));
    const [first = 0, second = 0, third = 0] = starts;
    expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual(35);
  });

  it("is acknowledged at once, however slow the answer", async () => {
    const { slack, send, eventually } = await desk();
    slack.fault("files.getUploadURLExternal", { delayMs: 800 });
    const began = performance.now();
    await send(slashCommand(slack, "cliente123"));
    expect(performance.now() - began).toBeLessThan(600);
    await eventually(() => expect(slack.responses).toHaveLength(1));
  });
});

describe("a Slack that refuses", () => {
  it("the pictures gets words in their place", async () => {
    const { slack, send, eventually } = await desk();
    slack.fault("chat.postMessage", { error: "invalid_blocks" });
    await send(dm("carteira cliente123"));
    await eventually(() => expect(slack.of("chat.postMessage")).toHaveLength(1));
    const sent = said(slack.of("chat.postMessage")[0]?.args);
    expect(sent).not.toContain("slack_file");
    expect(sent).toContain('"type":"table"');
  });

  it("all blocks gets the whole answer as text", async () => {
    const { slack, send, eventually } = await desk();
    slack.fault("chat.postMessage", { error: "invalid_blocks" }, { error: "invalid_blocks" });
    await send(dm("carteira cliente123"));
    await eventually(() => expect(slack.of("chat.postMessage")).toHaveLength(1));
    const { args } = slack.of("chat.postMessage")[0] ?? {};
    expect(args).toMatchObject({ blocks: [], text: expect.stringContaining("PETR4") });
  });

  it("the same through a response_url", async () => {
    const { slack, send, eventually } = await desk();
    slack.fault("response", { status: 400 }, { error: "invalid_blocks" });
    await send(slashCommand(slack, "cliente123"));
    await eventually(() => expect(slack.responses).toMatchObject([{ blocks: [] }]));
  });

  it("an upload gets the words, with a note", async () => {
    const { slack, send, eventually, logged } = await desk();
    slack.fault("files.getUploadURLExternal", { error: "missing_scope" });
    await send(slashCommand(slack, "cliente123"));
    await eventually(() => expect(slack.responses).toHaveLength(1));
    expect(said(slack.responses[0])).toContain("O gráfico não pôde ser mostrado agora.");
    expect(logged).toMatchObject([{ event: "slack_picture_failed", slack: "missing_scope" }]);
  });

  it("a chart that cannot be drawn is no harm either", async () => {
    const draw = async () => {
      throw new RangeError("nothing to draw");
    };
    const { slack, send, eventually } = await desk({ deps: { draw } });
    await send(slashCommand(slack, "cliente123"));
    await eventually(() =>
      expect(said(slack.responses[0])).toContain("O gráfico não pôde ser mostrado agora."),
    );
  });

  it("a token that was taken back is logged once, with the setting and without the token", async () => {
    const { slack, send, eventually, logged } = await desk();
    const revoked = Array.from({ length: 8 }, () => ({ error: "token_revoked" }));
    slack.fault("chat.postMessage", ...revoked);
    slack.fault("files.getUploadURLExternal", ...revoked);
    await send(dm("carteira cliente123"));
    await send(dm("carteira cliente123"));
    await eventually(() => expect(logged).toHaveLength(1));
    expect(logged).toMatchObject([
      { event: "slack_token_refused", slack: "token_revoked", setting: "SLACK_BOT_TOKEN" },
    ]);
  });
});

describe("a failure", () => {
  it("is told with its id, and logged without a word that anybody said", async () => {
    const wrap: DeskOptions["wrap"] = () => ({
      say: async () => {
        throw new Error("Ana Souza: 1.234,56");
      },
      drop: async () => null,
    });
    const { slack, send, eventually, logged } = await desk({ wrap });
    await send(slashCommand(slack, "cliente123"));
    await send(dm("carteira cliente123"));
    await send(press(slack, { type: "button", action_id: "carteira.ask.0", value: "carteira" }));
    await eventually(() => expect(logged).toHaveLength(3));
    const events = logged.map((line) => line.event).sort();
    expect(events).toEqual(["slack_button_failed", "slack_command_failed", "slack_message_failed"]);
    await eventually(() => expect(slack.responses).toHaveLength(2));
    expect(said(slack.responses)).toContain(
      logged.find((line) => line.event === "slack_command_failed")?.["ref"],
    );
    expect(said(logged)).not.toMatch(/Ana Souza|1\.234|xoxb|cliente123/);
  });
});

describe("starting", () => {
  const deps = {
    conversation: { say: async () => null, drop: async () => null },
    draw: async () => Buffer.alloc(0),
    logger: { error: () => {} },
    now: () => new Date(),
    claim: async () => true,
  };
  const http = { kind: "http", signingSecret: "s", port: 0 } as const;

  it("names the setting that Slack did not take, and not its value", async () => {
    const fake = await FakeSlack.open();
    const settings = { botToken: "xoxb-wrong", mode: http, apiUrl: fake.apiUrl, language: "pt" } as const;
    const refusal = {
      setting: "SLACK_BOT_TOKEN",
      reason: "invalid_auth",
      message: expect.not.stringContaining("xoxb-"),
    };
    await expect(createSlack(deps, settings).start()).rejects.toMatchObject(refusal);

    const socket = {
      ...settings,
      botToken: fake.token,
      mode: { kind: "socket", appToken: "xapp-wrong" },
    } as const;
    const other = {
      setting: "SLACK_APP_TOKEN",
      reason: "invalid_auth",
      message: expect.not.stringContaining("xapp-"),
    };
    await expect(createSlack(deps, socket).start()).rejects.toMatchObject(other);
    await fake.close();
  });

  it("says where Slack is not reached, and where the port is taken", async () => {
    const nowhere = {
      botToken: "xoxb-x",
      mode: http,
      apiUrl: "http://127.0.0.1:9/api/",
      language: "pt",
    } as const;
    await expect(createSlack(deps, nowhere).start()).rejects.toMatchObject({ setting: "SLACK_API_URL" });
    const { slack, port } = await desk();
    const settings = { botToken: slack.token, apiUrl: slack.apiUrl, language: "pt" } as const;
    const taken = createSlack(deps, { ...settings, mode: { ...http, port } });
    await expect(taken.start()).rejects.toMatchObject({ setting: "SLACK_PORT", reason: "EADDRINUSE" });
  });
});
