import { describe, expect, it } from "vitest";
import { cardProblems } from "./check-card.testing.ts";
import { ANA, BIA, cardOfSent, reply, run, TENANT, whoIs } from "./fake-teams.testing.ts";
import { createTeams } from "./teams.ts";

const GROUP = "19:group@thread.v2";
const settled = () => new Promise((resolve) => setTimeout(resolve, 60));

describe("a question in Teams", () => {
  it("is acknowledged at once and answered with a card", async () => {
    const answering = Promise.withResolvers<void>();
    const { fake, post, activity, asked } = await run({
      async say() {
        await answering.promise;
        return reply("Ana tem R$ 10,00", {}, [
          { kind: "buttons", buttons: [{ label: "Risco", command: "risco" }] },
        ]);
      },
    });
    const response = await post(activity({ text: "carteira cliente123" }));
    expect(response.status).toBe(200);
    expect(fake.messages()).toEqual([]);
    answering.resolve();
    const [sent] = await fake.until(1);
    expect(sent).toMatchObject({
      how: "send",
      conversation: "a:29:ana",
      activity: { summary: "Ana tem R$ 10,00" },
    });
    expect(cardProblems(cardOfSent(sent))).toEqual([]);
    expect(asked).toEqual([
      {
        eventId: "teams:a:29:ana:activity-1",
        who: whoIs(ANA),
        place: `teams:${TENANT}:a:29:ana:${ANA.aadObjectId}`,
        takesFiles: true,
        text: "carteira cliente123",
      },
    ]);
    expect(fake.sent[0]?.activity["type"]).toBe("typing");
  });

  it.each([
    ["/carteira Ana", "/carteira Ana"],
    ["<at>Carteira</at> carteira Ana\n", "carteira Ana"],
    ["<at>Carteira</at>&nbsp;risco de P&amp;G", "risco de P&G"],
  ])("reads %j as %j", async (written, read) => {
    const { fake, post, activity, asked } = await run();
    await post(activity({ text: written }));
    await fake.until(1);
    expect(asked[0]?.text).toBe(read);
  });

  it("is answered once when it is delivered twice, also after a restart", async () => {
    const { fake, post, activity, asked } = await run();
    const twice = activity({ text: "oi" });
    await Promise.all([post(twice), post(twice)]);
    await fake.until(1);
    await settled();
    expect(fake.messages()).toHaveLength(1);
    expect(asked).toHaveLength(1);
    // Another process, which remembers nothing, asks the conversation, which knows the event.
    const other = await run({ say: async () => null });
    await other.post({ ...twice, serviceUrl: other.fake.url });
    await settled();
    expect(other.fake.messages()).toEqual([]);
  });

  it("keeps the questions of one talk in order, and says when there are too many", async () => {
    const held = Promise.withResolvers<void>();
    const { fake, post, activity } = await run({
      async say({ text }) {
        await held.promise;
        return reply(text);
      },
    });
    for (let count = 1; count <= 6; count += 1) await post(activity({ text: `p${count}` }));
    held.resolve();
    const sent = await fake.until(6);
    const said = sent.map((one) => one.activity["summary"] ?? "busy");
    expect(said.filter((text) => text !== "busy")).toEqual(["p1", "p2", "p3", "p4", "p5"]);
    expect(said).toContain("busy");
  });

  it("says so when the turn fails, and logs no word of it", async () => {
    const { fake, post, activity, logged } = await run({
      async say() {
        throw new Error("cliente secreto");
      },
    });
    await post(activity({ text: "segredo" }));
    const [sent] = await fake.until(1);
    expect(sent?.activity["text"]).toMatch(/código [0-9a-f]{8}/);
    expect(JSON.stringify(logged)).not.toMatch(/secreto|segredo/);
  });

  it("tells whom the book does not know what to give the administrator", async () => {
    const { fake, post, activity } = await run({
      say: async () => reply("Quem?", { failure: "unknown_user" }),
    });
    await post(activity({ text: "oi" }));
    const [sent] = await fake.until(1);
    expect(JSON.stringify(cardOfSent(sent))).toContain(whoIs(ANA));
  });

  it("comes from Teams and from an account, or is not answered", async () => {
    const { fake, post, activity, asked } = await run();
    await post(activity({ text: "oi", channelId: "directline" }));
    await post(activity({ text: "oi" }, { ...ANA, aadObjectId: "" }));
    const [sent] = await fake.until(1);
    await settled();
    expect(fake.messages()).toHaveLength(1);
    expect(sent?.activity["text"]).toContain("conta de trabalho");
    expect(asked).toEqual([]);
  });

  it("is sent again after 429 and 412, and only then", async () => {
    const pauses: number[] = [];
    const { fake, post, activity, logged } = await run(
      {},
      {
        sleep: async (milliseconds) => {
          pauses.push(milliseconds);
        },
      },
    );
    fake.failures.push({ status: 429 }, { status: 412 });
    await post(activity({ text: "oi" }));
    expect(await fake.until(1)).toHaveLength(1);
    expect(pauses).toHaveLength(2);
    for (const pause of pauses) expect(pause).toBeGreaterThan(0);
    expect(pauses[1]).toBeLessThanOrEqual(2_000);
    fake.failures.push({ status: 403 });
    await post(activity({ text: "de novo" }));
    const sent = await fake.until(2);
    expect(sent[1]?.activity["text"]).toContain("código");
    expect(logged.map(({ event }) => event)).toEqual(["teams_turn_failed"]);
  });

  it("sends the picture on its own where the service counts it", async () => {
    const chart = {
      type: "bars",
      title: "",
      subtitle: "",
      bars: [],
      style: "plain",
      language: "pt",
    } as const;
    const { fake, post, activity } = await run({
      say: async () => reply("gráfico", {}, [{ kind: "chart", alt: "sobe", chart }]),
    });
    fake.failures.push({ status: 413 });
    await post(activity({ text: "oi" }));
    const [card, picture] = await fake.until(2);
    expect(JSON.stringify(cardOfSent(card))).toContain("sobe");
    expect(picture?.activity["attachments"]).toMatchObject([
      {
        contentType: "image/png",
        contentUrl: `data:image/png;base64,${Buffer.from("png").toString("base64")}`,
      },
    ]);
  });
});

describe("authentication", () => {
  const settings = {
    mode: "authenticated",
    appId: "00000000-1111-2222-3333-444444444444",
    appPassword: "secret",
    tenantId: TENANT,
  } as const;

  it("refuses a missing, a false and an unsigned token with 401", async () => {
    const { fake, post, activity, asked } = await run({}, {}, settings);
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const unsigned = `${encode({ alg: "none" })}.${encode({ aud: settings.appId, iss: "https://api.botframework.com" })}.`;
    expect((await post(activity({ text: "oi" }))).status).toBe(401);
    for (const token of ["nonsense", "a.b.c", unsigned]) {
      const response = await post(activity({ text: "oi" }), { authorization: `Bearer ${token}` });
      expect(response.status).toBe(401);
      expect(await response.text()).toBe("");
    }
    await settled();
    expect(asked).toEqual([]);
    expect(fake.sent).toEqual([]);
  });

  it.each(["appId", "appPassword", "tenantId"])("does not start without %s", (name) => {
    const deps = {
      ...runDeps,
      references: { save: async () => true, find: async () => null, forget: async () => {} },
    };
    expect(() => createTeams(deps, { ...settings, [name]: "" })).toThrow(/Teams needs/);
  });

  it("takes nothing but JSON posted to its one address, and locally not for another host", async () => {
    const { url, post, activity } = await run();
    expect((await fetch(url)).status).toBe(405);
    expect((await fetch(url.replace("/messages", "/other"), { method: "POST" })).status).toBe(404);
    expect((await post(activity(), { "content-type": "text/plain" })).status).toBe(415);
    expect(
      (await fetch(url, { method: "POST", body: "[", headers: { "content-type": "application/json" } }))
        .status,
    ).toBe(400);
    expect((await post({ text: "x".repeat(1_100_000) })).status).toBe(413);
  });

  it("locally speaks to no service but this machine's", async () => {
    const { fake, post, activity, asked } = await run();
    const elsewhere = activity({ text: "oi", serviceUrl: "https://smba.example.com/" });
    expect((await post(elsewhere)).status).toBe(401);
    await settled();
    expect(asked).toEqual([]);
    expect(fake.sent).toEqual([]);
  });
});

const runDeps = {
  conversation: { say: async () => null, drop: async () => null },
  draw: async () => Buffer.from("png"),
  logger: { error: () => undefined },
};

describe("a button", () => {
  const pressed = {
    type: "invoke",
    name: "adaptiveCard/action",
    value: {
      action: {
        type: "Action.Execute",
        verb: "carteira/ask",
        data: { verb: "carteira/ask", command: "risco" },
      },
    },
  };

  it("asks its command with the presser's scope and is acknowledged at once", async () => {
    const { fake, post, activity, asked } = await run();
    const response = await post(activity(pressed, BIA));
    expect(await response.json()).toEqual({
      statusCode: 200,
      type: "application/vnd.microsoft.activity.message",
      value: "Um momento…",
    });
    await fake.until(1);
    expect(asked).toMatchObject([{ who: whoIs(BIA), text: "risco" }]);
  });

  it("works as a Submit too", async () => {
    const { fake, post, activity, asked } = await run();
    await post(activity({ value: pressed.value.action.data }));
    await fake.until(1);
    expect(asked).toMatchObject([{ who: whoIs(ANA), text: "risco" }]);
  });
});

describe("a group", () => {
  it("gets no client data: the answer goes to the asker's own chat", async () => {
    const { fake, post, activity, asked } = await run();
    await post(activity({ text: "oi" }));
    await fake.until(1);
    await post(activity({ text: "<at>Carteira</at> carteira Ana" }, ANA, GROUP));
    const [, answer, notice] = await fake.until(3);
    expect(answer).toMatchObject({
      conversation: "a:29:ana",
      activity: { summary: "resposta a carteira Ana" },
    });
    expect(notice).toMatchObject({
      conversation: GROUP,
      activity: { text: expect.stringContaining("chat pessoal") },
    });
    expect(asked[1]).toMatchObject({ who: whoIs(ANA), place: `teams:${TENANT}:${GROUP}:${ANA.aadObjectId}` });
  });

  it("asks nothing for somebody whose own chat is not known", async () => {
    const { fake, post, activity, asked } = await run();
    const said = activity({ text: "carteira Ana" }, BIA, GROUP);
    await post(said);
    await post(said);
    const [notice] = await fake.until(1);
    await settled();
    expect(fake.messages()).toHaveLength(1);
    expect(notice).toMatchObject({
      conversation: GROUP,
      activity: { text: expect.stringContaining("Abra o chat") },
    });
    expect(asked).toEqual([]);
  });

  it("is what a conversation of no known type is taken for", async () => {
    const { fake, post, activity, asked } = await run();
    await post(activity({ text: "oi", conversation: { id: "a:29:ana", tenantId: TENANT } }));
    await fake.until(1);
    expect(asked).toEqual([]);
  });

  it("takes no files", async () => {
    const { fake, post, activity, dropped } = await run();
    const attachments = [
      { contentType: "application/vnd.microsoft.teams.file.download.info", name: "a.csv", content: {} },
    ];
    await post(activity({ text: "", attachments }, ANA, GROUP));
    const [sent] = await fake.until(1);
    expect(sent?.activity["text"]).toContain("Arquivos só no chat pessoal");
    expect(dropped).toEqual([]);
  });
});

describe("an install", () => {
  it("is welcomed once, however often it is told, and again after a removal", async () => {
    const { fake, post, activity, references } = await run();
    const install = { type: "installationUpdate", action: "add" };
    await post(activity(install));
    await post(activity(install));
    await post(activity({ type: "conversationUpdate", membersAdded: [{ id: "28:bot" }, ANA] }));
    const [welcome] = await fake.until(1);
    await settled();
    expect(fake.messages()).toHaveLength(1);
    expect(cardProblems(cardOfSent(welcome))).toEqual([]);
    expect([...references.kept.keys()]).toEqual([whoIs(ANA)]);
    await post(activity({ type: "installationUpdate", action: "remove" }));
    await settled();
    expect(references.kept.size).toBe(0);
    await post(activity(install));
    expect(await fake.until(2)).toHaveLength(2);
  });

  it("lets the bot write first, to whom it knows", async () => {
    const { fake, post, activity, teams } = await run();
    expect(await teams.tell(whoIs(ANA), reply("resumo").message, "pt")).toBe("unknown");
    await post(activity({ type: "installationUpdate", action: "add" }));
    await fake.until(1);
    expect(await teams.tell(whoIs(ANA), reply("resumo").message, "pt")).toBe("sent");
    expect(fake.messages()[1]).toMatchObject({ conversation: "a:29:ana", activity: { summary: "resumo" } });
  });
});
