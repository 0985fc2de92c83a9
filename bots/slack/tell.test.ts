import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { talk } from "../../src/conversation/conversation.testing.ts";
import type { Block, Message } from "../../src/messages/message.ts";
import { FakeSlack } from "./fake-slack.testing.ts";
import type { Slack } from "./ports.ts";
import { createSlack } from "./slack.ts";

const CHART: Block = {
  kind: "chart",
  alt: "Movimentos do dia",
  chart: { type: "bars", title: "t", subtitle: "s", bars: [], style: "signed", language: "pt" },
};
const said = (headline: string, blocks: readonly Block[] = []): Message => ({
  text: headline,
  headline,
  blocks,
  footer: [],
});

describe("what is told unasked", () => {
  let fake: FakeSlack;
  let slack: Slack;

  beforeEach(async () => {
    fake = await FakeSlack.open();
    const { conversation } = talk();
    slack = createSlack(
      {
        conversation,
        draw: async () => Buffer.from("png"),
        logger: { error: () => {} },
        now: () => new Date(),
        claim: async () => true,
      },
      {
        botToken: fake.token,
        mode: { kind: "http", signingSecret: "secret-of-the-test", port: 0 },
        apiUrl: fake.apiUrl,
        language: "pt",
        paceMs: 0,
      },
    );
    await slack.start();
  });
  afterEach(async () => {
    await slack.stop();
    await fake.close();
  });

  const tell = (
    key: string,
    message = said("Resumo da manhã"),
    to: Parameters<Slack["tell"]>[0] = { channel: "U1" },
  ) => slack.tell(to, { message, language: "pt", key });

  it("arrives with its picture, in a thread where it belongs to one, and is found again by its key", async () => {
    const parent = await tell("digest:1", said("Resumo da manhã", [CHART]));
    expect(parent.channel).toBe("D1");
    const child = await tell("digest:1#1", said("Altas e quedas"), { channel: "D1", thread: parent.ts });
    const posts = fake.of("chat.postMessage").map(({ args }) => args);
    expect(posts.map(({ channel, thread_ts: thread }) => [channel, thread])).toEqual([
      ["U1", undefined],
      ["D1", parent.ts],
    ]);
    expect(JSON.stringify(posts[0]?.["blocks"])).toContain('"slack_file":{"id":"FUP1"}');
    expect(await slack.told({ channel: "D1" }, "digest:1")).toEqual(parent);
    expect(await slack.told({ channel: "D1", thread: parent.ts }, "digest:1#1")).toEqual(child);
    expect(await slack.told({ channel: "D1" }, "digest:2")).toBe("absent");
    expect(fake.problems).toEqual([]);
  });

  it("whose confirmation is lost is unknown, and was sent", async () => {
    await tell("digest:0");
    fake.fault("chat.postMessage", { lost: true });
    await expect(tell("digest:1")).rejects.toMatchObject({ code: "unknown", reason: "UND_ERR_SOCKET" });
    expect(await slack.told({ channel: "D1" }, "digest:1")).toMatchObject({ channel: "D1" });
  });

  it("is followed by its files, in its thread", async () => {
    const { ts } = await slack.tell(
      { channel: "U1" },
      {
        message: said("Relatório"),
        language: "pt",
        key: "k",
        attachments: [{ fileName: "relatorio.pdf", mimeType: "application/pdf", body: Buffer.from("%PDF") }],
      },
    );
    expect([...fake.files.values()]).toMatchObject([{ name: "relatorio.pdf", channel: "D1" }]);
    expect(fake.of("files.completeUploadExternal")[0]?.args).toMatchObject({ thread_ts: ts });
    fake.fault("files.getUploadURLExternal", { error: "missing_scope" });
    await expect(
      slack.tell(
        { channel: "U1" },
        {
          message: said("Relatório"),
          language: "pt",
          key: "k2",
          attachments: [{ fileName: "r.pdf", mimeType: "application/pdf", body: Buffer.from("%PDF") }],
        },
      ),
    ).rejects.toMatchObject({ code: "unknown", reason: "cut_short" });
  });

  it("in a channel cannot be looked for", async () => {
    const { channel } = await tell("digest:1", said("Resumo"), { channel: "C1" });
    expect(channel).toBe("C1");
    expect(await slack.told({ channel: "C1" }, "digest:1")).toBeNull();
    expect(fake.of("conversations.history")).toEqual([]);
  });

  it.each([
    [{ retryAfterSeconds: 7 }, { code: "retry_later", retryAfterMs: 7_000 }],
    [{ error: "service_unavailable" }, { code: "retry_later", retryAfterMs: null }],
    [{ error: "internal_error" }, { code: "unknown" }],
    [{ status: 503 }, { code: "unknown", reason: "http_503" }],
    [{ error: "user_not_found" }, { code: "refused", reason: "user_not_found" }],
    [{ error: "token_revoked" }, { code: "refused", reason: "token_revoked" }],
  ] as const)("that meets %o is %o, and is not tried again", async (fault, expected) => {
    fake.fault("chat.postMessage", fault);
    await expect(tell("digest:1")).rejects.toMatchObject(expected);
    // A second try would have been taken.
    expect(fake.posted.size).toBe(0);
  });

  it("that does not reach Slack at all may be sent later", async () => {
    await fake.close();
    await expect(tell("digest:1")).rejects.toMatchObject({ code: "retry_later", reason: "ECONNREFUSED" });
  });

  it("goes out with words where its picture is not taken", async () => {
    fake.fault("files.getUploadURLExternal", { error: "missing_scope" });
    await tell("digest:1", said("Resumo", [CHART]));
    const text = JSON.stringify(fake.of("chat.postMessage")[0]?.args);
    expect(text).toContain("Movimentos do dia");
    expect(text).not.toContain("slack_file");
  });

  it("before the start, or after the end, waits", async () => {
    await slack.stop();
    await expect(tell("digest:1")).rejects.toMatchObject({ code: "retry_later", reason: "not_started" });
  });
});
