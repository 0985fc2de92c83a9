import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Piece } from "../../../reports/delivery/ports.ts";
import type { Message } from "../../messages/message.ts";
import { SendError } from "../../messages/send-error.ts";
import { openState, type Target } from "../../state/index.ts";
import { consoleOutlet } from "./console.ts";
import { slackOutlet } from "./slack.ts";
import { teamsOutlet } from "./teams.ts";

const MESSAGE: Message = { text: "Resumo", headline: "Resumo", blocks: [], footer: [] };
const piece = (part = 0, thread: string | null = null): Piece => ({
  message: MESSAGE,
  part,
  thread,
  attachments: [],
});
const OPTIONS = { key: "digest:1", language: "pt", signal: new AbortController().signal } as const;

async function newState() {
  const folder = await mkdtemp(join(tmpdir(), "outlets-"));
  const state = await openState(join(folder, "state.db"));
  onTestFinished(async () => {
    await state.close();
    await rm(folder, { recursive: true });
  });
  return state;
}

describe("the outlet of Slack", () => {
  const DIRECT: Target = { channel: "slack", who: "slack:T1:U1", place: null };

  it("opens the direct message, goes on in its thread, and finds both by their keys", async () => {
    const { references } = await newState();
    const told: unknown[] = [];
    const asked: unknown[] = [];
    const outlet = slackOutlet(
      {
        tell: async (to, { key }) => {
          told.push([to, key]);
          return { channel: "D1", ts: `1.${told.length}` };
        },
        told: async (to, key) => {
          asked.push([to, key]);
          return { channel: "D1", ts: "1.1" };
        },
      },
      references,
    );
    expect(await outlet.reconcile(DIRECT, OPTIONS.key, 0)).toEqual({ outcome: "cannot" });
    const { remoteId } = await outlet.send(DIRECT, piece(), OPTIONS);
    expect(remoteId).toBe("D1/1.1");
    await outlet.send(DIRECT, piece(1, remoteId), OPTIONS);
    expect(told).toEqual([
      [{ channel: "U1" }, "digest:1#0"],
      [{ channel: "D1", thread: "1.1" }, "digest:1#1"],
    ]);
    expect(await outlet.reconcile(DIRECT, OPTIONS.key, 1)).toEqual({ outcome: "found", remoteId: "D1/1.1" });
    expect(asked).toEqual([
      [{ channel: "D1" }, "digest:1#0"],
      [{ channel: "D1", thread: "1.1" }, "digest:1#1"],
    ]);
  });

  it.each([
    [
      new SendError("retry_later", "ratelimited", { retryAfterMs: 7 }),
      { code: "retry_later", retryAfterMs: 7 },
    ],
    [new SendError("refused", "user_not_found"), { code: "refused", reason: "user_not_found" }],
    [new SendError("unknown", "http_503"), { code: "unknown", reason: "http_503" }],
  ])("hands on what Slack says: %s", async (error, failure) => {
    const { references } = await newState();
    const tell = () => Promise.reject(error);
    const outlet = slackOutlet({ tell, told: async () => "absent" }, references);
    await expect(outlet.send(DIRECT, piece(), OPTIONS)).rejects.toMatchObject({ failure });
    const channel = { ...DIRECT, place: "D9" };
    expect(await outlet.reconcile(channel, OPTIONS.key, 1)).toEqual({ outcome: "absent" });
  });
});

it("the outlet of Teams writes to the person, and cannot look for what was lost", async () => {
  const target: Target = { channel: "teams", who: "teams:t:a", place: null };
  const told: unknown[] = [];
  const outlet = teamsOutlet({
    tell: async (who, { message }) => {
      told.push([who, message.headline]);
      return "sent-1";
    },
  });
  expect(await outlet.send(target, piece(), OPTIONS)).toEqual({ remoteId: "sent-1" });
  expect(told).toEqual([["teams:t:a", "Resumo"]]);
  expect(await outlet.reconcile(target, OPTIONS.key, 0)).toEqual({ outcome: "cannot" });
});

it("the outlet of the local chat puts a message into the inbox once, however often it is sent", async () => {
  const { inbox } = await newState();
  const target: Target = { channel: "console", who: "corretor1", place: null };
  const outlet = consoleOutlet(inbox);
  expect(await outlet.reconcile(target, OPTIONS.key, 0)).toEqual({ outcome: "absent" });
  for (const part of [0, 1, 0]) await outlet.send(target, piece(part), OPTIONS);
  expect((await inbox.after("corretor1", 0)).map(({ message }) => message)).toEqual([MESSAGE, MESSAGE]);
  expect(await outlet.reconcile(target, OPTIONS.key, 1)).toEqual({
    outcome: "found",
    remoteId: "digest:1#1",
  });
  const file = { fileName: "a.pdf", mimeType: "application/pdf", body: new Uint8Array() } as const;
  await expect(outlet.send(target, { ...piece(), attachments: [file] }, OPTIONS)).rejects.toMatchObject({
    failure: { code: "refused" },
  });
});
