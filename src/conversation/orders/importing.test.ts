import { Readable } from "node:stream";
import { beforeEach, describe, expect, it } from "vitest";
import { LEXICON, LOADED, talk } from "../conversation.testing.ts";
import { createImportOrder } from "./importing.ts";

/** `importar cliente123`, and the file that comes after it. */

const CLIENTS: Readonly<Record<string, typeof LEXICON.clients>> = {
  corretor1: LEXICON.clients,
  corretor2: [{ id: "cliente900", name: "Zé do Carmo" }],
};
let clients: Record<string, typeof LEXICON.clients>;
let nowMs: number;
const taken: (string | null)[] = [];

beforeEach(() => {
  clients = { ...CLIENTS };
  nowMs = Date.parse("2026-11-23T17:00:00Z");
  taken.length = 0;
});

function setUp() {
  const kept = new Map<string, string>();
  const talks = {
    get: async (place: string) => JSON.parse(kept.get(place) ?? "null"),
    set: async (place: string, value: unknown) => void kept.set(place, JSON.stringify(value)),
    take: async (place: string) => {
      const value = JSON.parse(kept.get(place) ?? "null");
      kept.delete(place);
      return value;
    },
  };
  const now = () => new Date(nowMs);
  const lexicon = async (brokers: readonly string[]) => ({
    ...LEXICON,
    clients: brokers.flatMap((broker) => clients[broker] ?? []),
  });
  const at = talk({
    answers: {
      lexicon,
      answer: async () => {
        throw new Error("no questions here");
      },
    },
    orders: [createImportOrder({ talks, lexicon, now })],
    talks,
    now,
    uploads: {
      take: async ({ clientId, body }) => {
        body.resume();
        taken.push(clientId);
        return { runId: "r1", files: [LOADED] };
      },
      undo: async () => "not_found",
    },
  });
  let events = 0;
  const dropIn = (place: string, who = "corretor1", clientId: string | null = null) => {
    events += 1;
    const body = Readable.from(["a"]);
    const file = { eventId: `f${events}`, who, place, fileName: "ops.csv", body, clientId };
    return at.conversation.drop(file, () => {});
  };
  return { ...at, dropIn };
}

describe("a client told before a file", () => {
  it("is that of the next file of the same person in the same place, once", async () => {
    const { said, dropIn, audited } = setUp();
    const reply = await said("importar cliente123");
    expect(reply?.message.text.split("\n")[0]).toBe(
      "O próximo arquivo que você enviar aqui até 23/11/2026 14:15 é de Ana Souza · cliente123.",
    );
    await dropIn("p2");
    await dropIn("p1", "corretor2");
    await dropIn("p1");
    await dropIn("p1");
    expect(taken).toEqual([null, null, "cliente123", null]);
    expect(audited.map(({ intent, client }) => [intent, client])).toEqual([
      ["import", "cliente123"],
      ["upload", null],
      ["upload", null],
      ["upload", "cliente123"],
      ["upload", null],
    ]);
  });

  it.each([
    "Importar ANA SOUZA",
    "/carteira import cliente123",
    "carteira importar arquivo do cliente123",
    "import file of client cliente123",
    "importar o extrato da Ana Souza",
  ])("is understood in %j", async (text) => {
    const { said, dropIn } = setUp();
    await said(text);
    await dropIn("p1");
    expect(taken).toEqual(["cliente123"]);
  });

  it("is forgotten after fifteen minutes, and when told so", async () => {
    const { said, dropIn } = setUp();
    await said("importar cliente123");
    nowMs += 15 * 60_000 - 1;
    await dropIn("p1");
    await said("importar cliente123");
    nowMs += 15 * 60_000;
    await dropIn("p1");
    await said("importar cliente123");
    expect((await said("cancelar importação"))?.message.text).toContain("não está marcado");
    await dropIn("p1");
    expect(taken).toEqual(["cliente123", null, null]);
  });

  it("gives way to the client that comes with a file, and is used up by it", async () => {
    const { said, dropIn } = setUp();
    await said("importar cliente123");
    await dropIn("p1", "corretor1", "cliente200");
    await dropIn("p1");
    expect(taken).toEqual(["cliente200", null]);
  });

  it("is refused alike where it is unknown, another broker's, or one of several of a name", async () => {
    clients["corretor1"] = [...LEXICON.clients, { id: "x1", name: "Gêmeo" }, { id: "x2", name: "Gemeo" }];
    const { said, dropIn, audited } = setUp();
    const replies = [];
    for (const text of [
      "importar cliente900",
      "importar cliente000",
      "importar Zé do Carmo",
      "importar gemeo",
    ]) {
      replies.push(JSON.stringify((await said(text))?.message));
    }
    expect(new Set(replies).size).toBe(1);
    expect(replies[0]).toContain("Não encontrei esse cliente entre os seus.");
    expect(audited.every(({ client, outcome }) => client === null && outcome === "not_found")).toBe(true);
    await dropIn("p1");
    expect(taken).toEqual([null]);
  });

  it("who went to another broker meanwhile is unknown when the file comes, and nothing of it is taken", async () => {
    const { said, dropIn, audited } = setUp();
    await said("importar cliente123");
    const unknown = JSON.stringify((await said("importar cliente000"))?.message);
    clients["corretor1"] = [];
    const reply = await dropIn("p1");
    expect(JSON.stringify(reply?.message)).toBe(unknown);
    expect(taken).toEqual([]);
    expect(audited.at(-1)).toMatchObject({ intent: "upload", client: null, outcome: "not_found" });
    clients["corretor1"] = LEXICON.clients;
    await dropIn("p1");
    expect(taken).toEqual([null]);
  });

  it("is asked for by a form: a choice of the asker's own, or a text where they are too many", async () => {
    const { said } = setUp();
    const form = async (text: string) =>
      (await said(text))?.message.blocks.find((block) => block.kind === "form");
    expect(await form("importar")).toMatchObject({
      open: { command: "importar" },
      fields: [
        {
          kind: "choice",
          options: LEXICON.clients.map(({ id, name }) => ({ label: `${name} · ${id}`, value: id })),
        },
      ],
      submit: { command: "importar {client}" },
    });
    const many = Array.from({ length: 101 }, (_, at) => ({ id: `c${at}`, name: `N${at}` }));
    clients["corretor1"] = many;
    expect(await form("import")).toMatchObject({
      fields: [{ kind: "text" }],
      submit: { command: "import {client}" },
    });
    clients["corretor1"] = [];
    expect(await form("importar")).toBeUndefined();
  });

  it("is not kept where no files are taken, and the person is told where", async () => {
    const { said, dropIn } = setUp();
    const reply = await said("importar cliente123", { takesFiles: false });
    expect(reply?.message.text).toContain("Aqui não recebo arquivos.");
    await dropIn("p1");
    expect(taken).toEqual([null]);
  });
});
