import { text } from "node:stream/consumers";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, it } from "vitest";
import { LEXICON, LOADED } from "../../src/conversation/conversation.testing.ts";
import { createImportOrder } from "../../src/conversation/orders/importing.ts";
import type { Conversation, Reply } from "../../src/conversation/turn.ts";
import { download } from "./download.ts";
import { FakeSlack } from "./fake-slack.testing.ts";
import { type Desk, type DeskOptions, event, openDesk, press, said } from "./slack.testing.ts";

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

/** Whose the files that were taken were said to be. */
const taken: (string | null)[] = [];
const KEPT = new Map<string, unknown>();
const TALKS = {
  get: async (place: string) => KEPT.get(place) ?? null,
  set: async (place: string, value: unknown) => void KEPT.set(place, value),
  take: async (place: string) => {
    const value = KEPT.get(place) ?? null;
    KEPT.delete(place);
    return value;
  },
};

/** The real order over a store in memory, which the conversation shares. */
function importOrder() {
  taken.length = 0;
  KEPT.clear();
  return createImportOrder({ talks: TALKS, lexicon: async () => LEXICON, now: () => new Date() });
}

/** Both events that Slack sends for one file. */
const announced = (id: string, user = "U1", text = "") => [
  event({
    type: "message",
    subtype: "file_share",
    channel: "D1",
    channel_type: "im",
    user,
    text,
    ts: "1.1",
    files: [{ id }],
  }),
  event({ type: "file_shared", channel_id: "D1", user_id: user, file_id: id, file: { id }, event_ts: "1.1" }),
];
const CSV = { id: "F1", name: "ops.csv", body: "a;b\n1;2\n" };

describe("a file dropped in a direct message", () => {
  it("is taken once, with one message for its progress and its outcome", async () => {
    const { slack, send, dropped, eventually, settled, second } = await desk();
    slack.hold(CSV);
    const port = await second();
    const payloads = announced("F1");
    await Promise.all([
      ...payloads.map((one) => send(one)),
      ...payloads.map((one) => send(one, { port, retry: 1 })),
    ]);
    await eventually(() => expect(said(slack.of("chat.update").at(-1)?.args)).toContain("desfazer up1"));
    await settled();
    expect(dropped).toMatchObject([
      {
        file: { fileName: "ops.csv", who: "slack:T1:U1", place: "slack:T1:D1:U1", clientId: null },
        text: CSV.body,
      },
    ]);
    expect(slack.downloads).toBe(1);
    expect(slack.of("chat.postMessage")).toHaveLength(1);
    expect(said(slack.of("chat.postMessage")[0]?.args)).toContain("Recebendo ops.csv");
    const stamps = new Set(slack.of("chat.update").map(({ args }) => args["ts"]));
    expect(stamps.size).toBe(1);
  });

  it("is of the client that its text says, whichever announcement comes first", async () => {
    const { slack, send, dropped, eventually } = await desk({
      conversation: {
        orders: [importOrder()],
        talks: TALKS,
        now: () => new Date(),
        uploads: {
          take: async ({ clientId, body }) => {
            body.resume();
            taken.push(clientId);
            return { runId: "r1", files: [LOADED] };
          },
          undo: async () => "not_found",
        },
      },
    });
    for (const [at, order] of [
      [0, 1],
      [1, 0],
    ].entries()) {
      const id = `F${at + 1}`;
      slack.hold({ ...CSV, id });
      const [told, bare] = announced(id, "U1", "importar cliente123");
      for (const which of order) await send((which === 0 ? told : bare) ?? {});
      await eventually(() => expect(dropped).toHaveLength(at + 1));
    }
    await eventually(() => expect(taken).toEqual(["cliente123", "cliente123"]));
    const texts = slack.of("chat.postMessage").map(({ args }) => String(args["text"]));
    expect(texts.filter((text) => text.includes("é de Ana Souza · cliente123"))).toHaveLength(2);
  });

  it.each([
    ["a picture", { id: "F1", name: "a.png", body: "x" }, "Não leio o arquivo a.png."],
    ["a name without an ending", { id: "F1", name: "csv", body: "x" }, "Não leio o arquivo csv."],
    ["more than is taken", { ...CSV, size: 100 * 1024 * 1024 + 1 }, "ops.csv passa de 100 MB."],
  ])("is refused before a byte of it is fetched: %s", async (_, file, words) => {
    const { slack, send, eventually, dropped } = await desk();
    slack.hold(file);
    for (const one of announced("F1")) await send(one);
    await eventually(() => expect(said(slack.of("chat.postMessage")[0]?.args)).toContain(words));
    expect(slack.downloads).toBe(0);
    expect(dropped).toEqual([]);
  });

  it("is not fetched from another host, to which the token would go", async () => {
    const { slack, send, eventually, logged, dropped } = await desk();
    slack.hold({ ...CSV, url: "http://127.0.0.1:9/files-pri/F1" });
    for (const one of announced("F1")) await send(one);
    await eventually(() =>
      expect(said(slack.of("chat.update")[0]?.args)).toContain("Não consegui baixar ops.csv"),
    );
    expect(logged).toMatchObject([{ event: "slack_download_failed", causes: [{ code: "host" }] }]);
    expect(dropped).toEqual([]);
  });

  it("is not taken for the page that Slack sends where a scope is missing", async () => {
    const { slack, send, eventually, logged, dropped } = await desk();
    slack.hold({ ...CSV, url: `${slack.origin}/files-pri/F404` });
    for (const one of announced("F1")) await send(one);
    await eventually(() =>
      expect(said(slack.of("chat.update")[0]?.args)).toContain("Não consegui baixar ops.csv"),
    );
    expect(logged).toMatchObject([{ event: "slack_download_failed", causes: [{ code: "sign_in_page" }] }]);
    expect(dropped).toEqual([]);
  });

  it("ends where it grows beyond what was said", async () => {
    const wrap = (conversation: Conversation): Conversation => ({
      ...conversation,
      async drop(file) {
        for await (const _ of file.body);
        throw new Error("read to its end");
      },
    });
    const { slack, send, eventually, logged } = await desk({ settings: { maxUploadBytes: 4 }, wrap });
    slack.hold({ ...CSV, size: 3 });
    for (const one of announced("F1")) await send(one);
    await eventually(() =>
      expect(logged).toMatchObject([{ event: "slack_file_failed", causes: [{ code: "too_large" }] }]),
    );
    await eventually(() =>
      expect(said(slack.of("chat.postMessage").at(-1)?.args)).toContain("Não consegui responder"),
    );
  });

  it("is left alone in a channel, and where the app put it there itself", async () => {
    const { slack, send, settled } = await desk();
    slack.hold(CSV);
    await send(
      event({
        type: "file_shared",
        channel_id: "C1",
        user_id: "U1",
        file_id: "F1",
        file: { id: "F1" },
        event_ts: "1",
      }),
    );
    await send(
      event({
        type: "file_shared",
        channel_id: "D1",
        user_id: "UBOT",
        file_id: "F1",
        file: { id: "F1" },
        event_ts: "1",
      }),
    );
    await settled();
    expect(slack.downloads).toBe(0);
    expect(slack.of("files.info")).toEqual([]);
  });
});

describe("a file that is somebody else's", () => {
  const choice = (slack: Desk["slack"], file: string, user: string, channel: string) =>
    press(
      slack,
      {
        type: "static_select",
        action_id: "carteira.choose",
        block_id: `carteira.file:${file}`,
        selected_option: { text: { type: "plain_text", text: "x" }, value: "cliente123" },
      },
      { user: { id: user, username: "u", team_id: "T1" }, channel: { id: channel, name: "directmessage" } },
    );

  it("is not fetched, and looks like one that is not there", async () => {
    const { slack, send, dropped, eventually, settled } = await desk();
    slack.hold(CSV);
    const told = async (file: string) => {
      const before = slack.of("chat.postMessage").length;
      await send(choice(slack, file, "U2", `D2${file}`));
      await eventually(() => expect(slack.of("chat.postMessage")).toHaveLength(before + 1));
      return said(slack.of("chat.postMessage").at(-1)?.args["text"]).replace(/\b[0-9a-f]{8}\b/, "REF");
    };
    expect(await told("F1")).toBe(await told("F404"));
    await settled();
    expect(slack.downloads).toBe(0);
    expect(dropped).toEqual([]);
  });

  it("is taken where its owner passed it on into one's own talk", async () => {
    const { slack, send, dropped, eventually } = await desk();
    slack.hold({ ...CSV, user: "U7", channel: "D1" });
    await send(announced("F1")[0] ?? {});
    await eventually(() => expect(dropped).toHaveLength(1));
  });
});

describe("a file that waits for another to be loaded", () => {
  it("is whole when it is read, though nobody holds the response any more", async () => {
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    const slack = await FakeSlack.open();
    slack.hold(CSV);
    const file = {
      name: "ops.csv",
      size: CSV.body.length,
      url: `${slack.origin}/files-pri/F1`,
      owner: "U1",
      directs: [],
    };
    const settings = {
      botToken: slack.token,
      mode: { kind: "http", signingSecret: "s", port: 0 },
      apiUrl: slack.apiUrl,
      language: "pt",
    } as const;
    const body = await download(file, settings);
    for (let round = 0; round < 20; round += 1) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await text(body)).toBe(CSV.body);
    await slack.close();
  });
});

describe("the progress of a file", () => {
  it("is one message, changed no oftener than Slack takes it, and at last the outcome", async () => {
    const wrap = (conversation: Conversation): Conversation => ({
      ...conversation,
      async drop(file, onProgress) {
        file.body.resume();
        for (let step = 0; step < 30; step += 1) {
          onProgress({ text: "", headline: `passo ${step}`, blocks: [], footer: [] });
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        return { message: { text: "", headline: "pronto", blocks: [], footer: [] }, answer: null };
      },
    });
    const { slack, send, eventually } = await desk({ settings: { paceMs: 100 }, wrap });
    slack.hold(CSV);
    for (const one of announced("F1")) await send(one);
    await eventually(() => expect(said(slack.of("chat.update").at(-1)?.args)).toContain("pronto"));
    const updates = slack.of("chat.update");
    expect(updates.length).toBeGreaterThanOrEqual(3);
    expect(updates.length).toBeLessThanOrEqual(5);
    expect(slack.of("chat.postMessage")).toHaveLength(1);
  });
});

describe("a file beside a mention", () => {
  it("is not taken, and the asker is told where to send it", async () => {
    const { slack, send, eventually } = await desk();
    slack.hold(CSV);
    const mention = {
      type: "app_mention",
      channel: "C1",
      user: "U1",
      text: "<@UBOT>",
      ts: "1.1",
      files: [{ id: "F1" }],
    };
    await send(event(mention));
    await eventually(() =>
      expect(said(slack.of("chat.postEphemeral")[0]?.args)).toContain("conversa direta"),
    );
    expect(slack.downloads).toBe(0);
  });
});

describe("what comes of a file", () => {
  const reply = (more: Partial<Reply>): Reply => ({
    message: { text: "De quem é?", headline: "De quem é?", blocks: [], footer: [] },
    answer: null,
    ...more,
  });
  const wrapping =
    (replies: readonly Reply[], clients: (string | null)[] = []) =>
    (conversation: Conversation): Conversation => {
      const left = [...replies];
      return {
        ...conversation,
        async drop(file) {
          file.body.resume();
          clients.push(file.clientId);
          return left.shift() ?? null;
        },
      };
    };

  it("goes with the rows to mend", async () => {
    const attachment = {
      fileName: "recusadas.csv",
      mimeType: "text/csv" as const,
      body: Buffer.from("linha;motivo\n"),
    };
    const { slack, send, eventually } = await desk({
      wrap: wrapping([reply({ attachments: [attachment] })]),
    });
    slack.hold(CSV);
    for (const one of announced("F1")) await send(one);
    await eventually(() =>
      expect([...slack.files.values()].at(-1)).toMatchObject({ name: "recusadas.csv", channel: "D1" }),
    );
    expect([...slack.files.values()].at(-1)?.body.toString("utf8")).toBe("linha;motivo\n");
  });

  it("may be a choice of clients, which drops the file again", async () => {
    const clients: (string | null)[] = [];
    const chooseClient = Array.from({ length: 150 }, (_, at) => ({ id: `c${at}`, name: `Cliente ${at}` }));
    const wrap = wrapping([reply({ chooseClient }), reply({})], clients);
    const { slack, send, eventually, settled } = await desk({ wrap });
    slack.hold(CSV);
    for (const one of announced("F1")) await send(one);
    await eventually(() => expect(said(slack.of("chat.update").at(-1)?.args)).toContain("carteira.choose"));
    expect(said(slack.of("chat.update").at(-1)?.args)).toContain("Cliente 149 · c149");

    const action = {
      type: "static_select",
      action_id: "carteira.choose",
      block_id: "carteira.file:F1",
      selected_option: { text: { type: "plain_text", text: "Cliente 7 · c7" }, value: "c7" },
    };
    const direct = { channel: { id: "D1", name: "directmessage" } };
    await Promise.all([send(press(slack, action, direct)), send(press(slack, action, direct))]);
    await eventually(() => expect(clients).toEqual([null, "c7"]));
    await settled();
    expect(clients).toEqual([null, "c7"]);
    expect(slack.of("chat.update").at(-1)?.args).toMatchObject({ channel: "D1", ts: "1.1" });
  });
});

describe("a file that an answer comes with", () => {
  const report: Reply = {
    message: { text: "Relatório", headline: "Relatório", blocks: [], footer: [] },
    answer: null,
    attachments: [{ fileName: "relatorio.pdf", mimeType: "application/pdf", body: Buffer.from("%PDF-1.7") }],
  };
  const wrap = (conversation: Conversation): Conversation => ({ ...conversation, say: async () => report });

  it("goes into the direct message where it was asked for", async () => {
    const { slack, send, eventually } = await desk({ wrap });
    const text = {
      type: "message",
      channel: "D1",
      channel_type: "im",
      user: "U1",
      text: "relatório",
      ts: "1.1",
    };
    await send(event(text));
    await eventually(() => expect([...slack.files.values()].map(({ channel }) => channel)).toEqual(["D1"]));
    expect([...slack.files.values()].map(({ name }) => name)).toEqual(["relatorio.pdf"]);
  });

  it("asked for in a channel goes to the one who asked and never into the channel", async () => {
    const { slack, send, eventually, settled } = await desk({ wrap });
    await send(
      event({ type: "app_mention", channel: "C1", user: "U1", text: "<@UBOT> relatório", ts: "1.1" }),
    );
    await eventually(() => expect([...slack.files.values()].map(({ channel }) => channel)).toEqual(["D1"]));
    await settled();
    expect(slack.of("chat.postMessage").map(({ args }) => args["channel"])).toEqual(["U1"]);
    expect(slack.of("chat.postEphemeral")).toHaveLength(1);
  });
});
