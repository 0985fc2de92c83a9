import { createServer, type RequestListener } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { AIMED_BYTES, cardOf, sizeOf } from "./card.ts";
import { cardProblems } from "./check-card.testing.ts";
import { withChoice } from "./choice.ts";
import { ANA, BIA, cardOfSent, reply, run, whoIs } from "./fake-teams.testing.ts";
import { openFile } from "./files-in.ts";
import { storeAddress } from "./hosts.ts";
import { at } from "./person.ts";

const settled = () => new Promise((resolve) => setTimeout(resolve, 60));
const message = (headline: string) => reply(headline).message;

/** A store of files that answers as it is told. */
async function store(answer: RequestListener): Promise<URL> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return new URL(`http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`);
}

function file(downloadUrl: string, name = "ops.csv") {
  return {
    contentType: "application/vnd.microsoft.teams.file.download.info",
    name,
    content: { downloadUrl, uniqueId: "1", fileType: "csv" },
  };
}

describe("a file sent into the chat", () => {
  it("is fetched and handed over with its bare name, its text formatting aside", async () => {
    const { fake, post, activity, dropped } = await run();
    fake.files.set("/f/1", "ativo;preço\n");
    const attachments = [
      { contentType: "text/html", content: "<p></p>" },
      file(`${fake.url}/f/1`, "../ops\n2026.csv"),
    ];
    await post(activity({ attachments }));
    await fake.until(1);
    expect(dropped).toEqual([
      {
        eventId: "teams:a:29:ana:activity-1#0",
        who: whoIs(ANA),
        place: expect.stringContaining("a:29:ana"),
        fileName: "ops 2026.csv",
        clientId: null,
        content: "ativo;preço\n",
      },
    ]);
  });

  it("comes after what is said with it, which is not ignored", async () => {
    const heard: string[] = [];
    const { fake, post, activity, asked } = await run({
      async say({ text, takesFiles }) {
        heard.push(`${text} ${takesFiles}`);
        return reply("o próximo arquivo é de Ana");
      },
      async drop({ body, fileName }) {
        body.resume();
        heard.push(fileName);
        return reply("carregado");
      },
    });
    fake.files.set("/f/1", "a");
    const sent = activity({ text: "importar cliente123", attachments: [file(`${fake.url}/f/1`)] });
    await post(sent);
    await post(sent);
    const messages = await fake.until(2);
    await settled();
    expect(heard).toEqual(["importar cliente123 true", "ops.csv"]);
    expect(messages.map(({ activity: one }) => one["summary"])).toEqual([
      "o próximo arquivo é de Ana",
      "carregado",
    ]);
    expect(asked[0]).toMatchObject({ who: whoIs(ANA), place: expect.stringContaining("a:29:ana") });
  });

  it("is not taken in a group, where what is said with it is answered in the personal chat", async () => {
    const { fake, post, activity, asked, dropped } = await run();
    await post(activity({ text: "oi" }));
    await fake.until(1);
    fake.files.set("/f/1", "a");
    const attachments = [file(`${fake.url}/f/1`)];
    await post(activity({ text: "importar cliente123", attachments }, ANA, "19:group"));
    await fake.until(4);
    expect(asked.at(-1)).toMatchObject({ text: "importar cliente123", takesFiles: false });
    expect(dropped).toEqual([]);
  });

  it("shows how far it is in one message", async () => {
    const { fake, post, activity } = await run({
      async drop({ body }, onProgress) {
        body.resume();
        onProgress(message("recebido"));
        await settled();
        onProgress(message("conferido"));
        await settled();
        return reply("3 linhas carregadas");
      },
    });
    fake.files.set("/f/1", "a");
    await post(activity({ attachments: [file(`${fake.url}/f/1`)] }));
    const sent = await fake.until(3);
    expect(sent.map(({ how, activity: one }) => [how, one["summary"]])).toEqual([
      ["send", "recebido"],
      ["update", "conferido"],
      ["update", "3 linhas carregadas"],
    ]);
  });

  it.each([
    "https://evil.example/f/1",
    "https://sharepoint.com.evil.example/f",
    "http://company.sharepoint.com/f",
    "https://company.sharepoint.com:8443/f",
    "https://user:pass@company.sharepoint.com/f",
    "http://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
    "",
  ])("is not fetched from %j", async (address) => {
    expect(storeAddress(address, "authenticated")).toBeNull();
    const { fake, post, activity, dropped } = await run();
    await post(activity({ attachments: [file(address)] }));
    const [sent] = await fake.until(1);
    expect(sent?.activity["text"]).toContain("Não busquei ops.csv");
    expect(dropped).toEqual([]);
  });

  it("may come from Microsoft's stores, and from this machine only locally", () => {
    const store = "https://company-my.sharepoint.com/personal/ana/_layouts/15/download.aspx?UniqueId=1";
    expect(storeAddress(store, "authenticated")?.href).toBe(store);
    expect(storeAddress("http://127.0.0.1:56150/f", "authenticated")).toBeNull();
    expect(storeAddress("http://127.0.0.1:56150/f", "local")).not.toBeNull();
  });

  it("is refused where it is too large, before and while it is read", async () => {
    let failure: unknown;
    const { fake, post, activity } = await run(
      {
        async drop({ body }) {
          try {
            for await (const _ of body);
          } catch (error) {
            failure = error;
          }
          return reply("recusado");
        },
      },
      { maxUploadBytes: 10 },
    );
    fake.files.set("/f/1", "x".repeat(11));
    await post(activity({ attachments: [file(`${fake.url}/f/1`)] }));
    const sent = await fake.until(1);
    expect(sent[0]?.activity["text"] ?? at(failure, "code")).toMatch(/passa de|too_large/);
  });

  it("fails in the hands of its reader, also where that one comes late", async () => {
    const sized = await store((_, response) => response.end("x".repeat(20)));
    await expect(openFile(sized, 19)).rejects.toMatchObject({ code: "too_large" });
    const unsized = await store((_, response) => {
      response.write("x".repeat(10));
      setTimeout(() => response.end("x".repeat(10)), 10);
    });
    const late = await openFile(unsized, 19);
    late.resume();
    await settled();
    await expect(late.toArray()).rejects.toMatchObject({ code: "too_large" });
  });

  it("says so where it cannot be fetched", async () => {
    const { fake, post, activity, logged } = await run();
    await post(activity({ attachments: [file(`${fake.url}/f/none`)] }));
    const [sent] = await fake.until(1);
    expect(sent?.activity["text"]).toMatch(/Não consegui buscar ops.csv.*código/);
    expect(JSON.stringify(logged)).not.toContain("/f/none");
  });
});

describe("a file that names no client", () => {
  it("has a card that Teams takes however many clients there are", () => {
    const many = Array.from({ length: 2_000 }, (_, n) => ({
      id: `cliente${n}`,
      name: `Nome bastante longo ${n}`,
    }));
    const card = withChoice(cardOf(message("De quem é?"), { language: "pt" }), many, "held", "pt");
    expect(cardProblems(card)).toEqual([]);
    expect(sizeOf(card)).toBeLessThanOrEqual(AIMED_BYTES);
    expect(JSON.stringify(card)).toMatch(/"mais [\d.]+"/);
  });

  const chooseClient = [
    { id: "cliente123", name: "Ana Souza" },
    { id: "cliente7", name: "João *Antônio*" },
  ];

  async function asked() {
    const taken: (string | null)[] = [];
    const running = await run({
      async drop({ body, clientId }) {
        body.resume();
        taken.push(clientId);
        return clientId === null ? reply("De quem é?", { chooseClient }) : reply("carregado");
      },
    });
    running.fake.files.set("/f/1", "a");
    await running.post(running.activity({ attachments: [file(`${running.fake.url}/f/1`)] }));
    const [sent] = await running.fake.until(1);
    const card = cardOfSent(sent);
    const actions = card["actions"];
    const data: unknown = Array.isArray(actions) ? at(actions[0], "data") : null;
    const press = (client: string, person = ANA) =>
      running.post(
        running.activity(
          {
            type: "invoke",
            name: "adaptiveCard/action",
            value: {
              action: { type: "Action.Execute", verb: "carteira/client", data: { ...Object(data), client } },
            },
          },
          person,
        ),
      );
    return { ...running, card, press, taken };
  }

  it("is asked for by a card, and taken again with the choice", async () => {
    const { fake, card, press, taken } = await asked();
    expect(cardProblems(card)).toEqual([]);
    expect(JSON.stringify(card)).toContain("Ana Souza (cliente123)");
    await press("cliente7");
    await fake.until(2);
    expect(taken).toEqual([null, "cliente7"]);
    await press("cliente7");
    const sent = await fake.until(3);
    expect(sent[2]?.activity["text"]).toContain("já não está à mão");
  });

  it("takes no client that was not offered, and no choice of somebody else", async () => {
    const { fake, press, taken } = await asked();
    await press("cliente123", BIA);
    await fake.until(2);
    await press("outro");
    await fake.until(3);
    expect(taken).toEqual([null]);
  });
});

describe("a file for the person", () => {
  const body = Buffer.from("linha;motivo\n");
  const attachments = [{ fileName: "recusadas.csv", mimeType: "text/csv", body }] as const;

  async function offered() {
    const running = await run({
      async drop({ body: sentBody }) {
        sentBody.resume();
        return reply("1 linha recusada", { attachments });
      },
    });
    running.fake.files.set("/f/1", "a");
    await running.post(running.activity({ attachments: [file(`${running.fake.url}/f/1`)] }));
    const sent = await running.fake.until(2);
    const offer = at(at(sent[1]?.activity["attachments"], "0"), "content");
    const settle = (action: "accept" | "decline", uploadUrl = `${running.fake.url}/store/1`, person = ANA) =>
      running.post(
        running.activity(
          {
            type: "invoke",
            name: "fileConsent/invoke",
            value: {
              type: "fileUpload",
              action,
              context: at(offer, "acceptContext"),
              uploadInfo: {
                uploadUrl,
                contentUrl: "https://company.sharepoint.com/recusadas.csv",
                name: "recusadas.csv",
                uniqueId: "u1",
                fileType: "csv",
              },
            },
          },
          person,
        ),
      );
    return { ...running, sent, settle };
  }

  it("is offered, and stored where the person agrees: once", async () => {
    const { fake, sent, settle } = await offered();
    expect(sent[1]?.activity["attachments"]).toMatchObject([
      {
        contentType: "application/vnd.microsoft.teams.card.file.consent",
        name: "recusadas.csv",
        content: { sizeInBytes: body.length },
      },
    ]);
    expect((await settle("accept")).status).toBe(200);
    const after = await fake.until(3);
    expect(fake.stored).toEqual([{ path: "/store/1", range: "bytes 0-12/13", content: "linha;motivo\n" }]);
    expect(after[2]?.activity["attachments"]).toMatchObject([
      {
        contentType: "application/vnd.microsoft.teams.card.file.info",
        content: { uniqueId: "u1", fileType: "csv" },
      },
    ]);
    await settle("accept");
    await fake.until(4);
    expect(fake.stored).toHaveLength(1);
  });

  it("is not kept where the person declines", async () => {
    const { fake, settle } = await offered();
    expect((await settle("decline")).status).toBe(200);
    const after = await fake.until(3);
    expect(after[2]?.activity["text"]).toContain("não guardei recusadas.csv");
    expect(fake.stored).toEqual([]);
  });

  it("goes to nobody else and to no other host, and is offered again after a failure", async () => {
    const { fake, settle } = await offered();
    await settle("accept", undefined, BIA);
    await fake.until(3);
    expect(fake.stored).toEqual([]);
    await settle("accept", "https://evil.example/store");
    const after = await fake.until(5);
    expect(after[3]?.activity["text"]).toContain("Não consegui guardar");
    expect(after[4]?.activity["attachments"]).toMatchObject([
      { contentType: "application/vnd.microsoft.teams.card.file.consent" },
    ]);
    expect(fake.stored).toEqual([]);
  });
});
