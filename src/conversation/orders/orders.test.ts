import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAccess } from "../../access/access.ts";
import { formExample } from "../../messages/form.ts";
import { openState, type PersonDetails, type State, type Upload } from "../../state/index.ts";
import { LEXICON, talk } from "../conversation.testing.ts";
import { createOrders } from "./orders.ts";
import { spoken } from "./spoken.ts";

/** Orders about the service itself, over a real state and people. */

let folder: string;
let state: State;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "orders-"));
  state = await openState(join(folder, "state.db"));
});
afterEach(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

const BROKERS = ["corretor1", "corretor2", "corretor3"];
const scopes: (readonly string[])[] = [];

function setUp(dashboardUrl: string | null = null) {
  scopes.length = 0;
  const lexicon = async (brokers: readonly string[]) => ({
    ...LEXICON,
    clients: brokers.map((broker) => ({ id: `cliente-de-${broker}`, name: broker })),
  });
  const upkeep = async (brokers: readonly string[]) => {
    scopes.push(brokers);
    return { asOf: null, sources: [], stale: [], findings: [], demo: true };
  };
  const access = createAccess({ brokers: async () => BROKERS }, state.people);
  return talk({
    identify: access.identify,
    orders: createOrders({
      answers: { lexicon, upkeep },
      people: state.people,
      uploads: state.uploads,
      talks: state.talks,
      demo: async () => false,
      now: () => new Date(),
      dashboardUrl,
      settings: [],
    }),
  });
}

let uploads = 0;
async function sent(userId: string, fileName: string, change: Partial<Upload> = {}): Promise<void> {
  uploads += 1;
  await state.uploads.create({
    id: `u${uploads}`,
    fileName,
    sha256: "ab",
    bronzeKey: "b",
    kind: "operations",
    userId,
    clientId: null,
    receivedAt: "2026-11-19T17:30:00.000Z",
    status: "active",
    counts: { rows: 5, loaded: 4, replaced: 0, repeated: 0, rejected: 1 },
    silverKey: null,
    quarantineKey: null,
    replaces: null,
    ...change,
  });
}

const person = (id: string, role: PersonDetails["role"], brokers: readonly string[]): PersonDetails => ({
  id,
  name: `Nome de ${id}`,
  role,
  brokers,
  language: null,
});
const ANA = "slack:T1:U1";
const MIA = "slack:T1:U2";
const EVA = "teams:tenant:eva";

async function letIn(): Promise<void> {
  await state.people.save([
    { person: person("ana", "broker", ["corretor1"]), links: [ANA, "teams:tenant:ana"] },
    { person: person("bia", "broker", ["corretor2"]), links: ["slack:T1:U3"] },
    { person: person("cai", "broker", ["corretor3"]), links: ["slack:T1:U4"] },
    { person: person("mia", "manager", ["corretor1", "corretor2"]), links: [MIA] },
    { person: person("eva", "admin", []), links: [EVA] },
  ]);
}

describe("latest files", () => {
  it("are one's own; a manager's are the team's, an admin's everybody's, and nobody is told of others", async () => {
    await letIn();
    const users = ["admin", ...BROKERS, "person:ana", "person:bia", "person:cai", "person:mia", "person:eva"];
    for (const user of users) await sent(user, `de-${user.replace(":", "-")}.csv`);
    const { said } = setUp();
    const shown = async (who: string, text = "últimos arquivos") => {
      const reply = await said(text, { who });
      return (reply?.message.text.match(/de-[\w-]+(?=\.csv {2})/g) ?? []).map((name) => name.slice(3)).sort();
    };
    expect(await shown(ANA)).toEqual(["person-ana"]);
    expect(await shown(ANA, "/carteira uploads")).toEqual(["person-ana"]);
    expect(await shown("corretor2")).toEqual(["corretor2"]);
    expect(await shown(MIA)).toEqual(["corretor1", "corretor2", "person-ana", "person-bia", "person-mia"]);
    expect(await shown(EVA)).toEqual(users.map((user) => user.replace(":", "-")).sort());
    expect((await said("latest files", { who: "slack:T1:U9" }))?.failure).toBe("unknown_user");
  });

  it("do not name to a manager what is of a client who is not theirs any more", async () => {
    await letIn();
    await sent("corretor1", "segredo.csv", { clientId: "cliente-de-corretor3" });
    await sent("corretor1", "nosso.csv", { clientId: "cliente-de-corretor1" });
    await sent("person:mia", "meu.csv", { clientId: "cliente-de-corretor3" });
    const { said } = setUp();
    const text = (await said("uploads", { who: MIA }))?.message.text ?? "";
    expect(text).toContain("nosso.csv");
    expect(text).toContain("meu.csv");
    expect(text).not.toContain("segredo");
  });
});

describe("the dashboard", () => {
  const URL = "https://sa-east-1.quicksight.aws.amazon.com/sn/dashboards/carteira";

  it.each([
    ["painel", "Abrir o painel"],
    ["/carteira painel", "Abrir o painel"],
    ["abrir o painel de clientes", "Abrir o painel"],
    ["dashboard", "Open the dashboard"],
  ])("%s is answered by its link, whoever asks", async (text, label) => {
    await letIn();
    const { said, audited } = setUp(URL);
    const reply = await said(text, { who: ANA });
    expect(reply?.message.blocks[0]).toEqual({ kind: "link", label, url: URL });
    expect(reply?.message.text).toContain(`${label}: ${URL}`);
    expect(audited.at(-1)).toMatchObject({ intent: "dashboard", outcome: "ok", client: null });
    expect((await said(text, { who: "slack:T1:U9" }))?.failure).toBe("unknown_user");
  });

  it("is said not to be set up, and what to ask instead", async () => {
    await letIn();
    const { said } = setUp(null);
    const reply = await said("painel", { who: ANA });
    expect(reply?.message.headline).toBe("Não há painel configurado aqui.");
    expect(reply?.message.text).toContain("CARTEIRA_DASHBOARD_URL");
    expect(reply?.message.blocks.map(({ kind }) => kind)).toEqual(["text"]);
  });
});

describe("what is stale", () => {
  it.each([
    ["o que está desatualizado?", "Tudo em dia"],
    ["/carteira o que falta conferir", "Tudo em dia"],
    ["carteira o que não bate?", "Tudo em dia"],
    ["pendências", "Tudo em dia"],
    ["what is stale?", "All in order"],
    ["What's out of date", "All in order"],
  ])("%s is asked within the asker's own brokers", async (text, words) => {
    await letIn();
    const { said, audited } = setUp();
    const reply = await said(text, { who: MIA });
    expect(reply?.message.headline).toContain(words);
    expect(scopes).toEqual([["corretor1", "corretor2"]]);
    expect(audited.at(-1)).toMatchObject({ intent: "upkeep", client: null, outcome: "ok", person: "mia" });
  });
});

describe("a language", () => {
  it("is kept for the person, in every channel, and answered in at once", async () => {
    await letIn();
    const { said } = setUp();
    const english = await said("idioma inglês", { who: ANA });
    expect(english?.message.headline).toBe("Done: I answer in English from now on.");
    expect((await state.people.find("ana"))?.language).toBe("en");
    expect((await said("pendências", { who: "teams:tenant:ana" }))?.message.headline).toContain(
      "All in order",
    );
    const back = await said("/carteira language portuguese", { who: "teams:tenant:ana" });
    expect(back?.message.headline).toContain("respondo em português");
    expect((await state.people.find("ana"))?.language).toBe("pt");
    expect((await state.people.find("bia"))?.language).toBeNull();
  });

  it("is set by the form that it is shown with, too", async () => {
    await letIn();
    const { said } = setUp();
    for (const [text, example] of [
      ["idioma", "idioma português"],
      ["idioma klingon", "idioma português"],
      ["language", "language english"],
      ["settings", "language english"],
      ["configurações", "idioma português"],
    ] as const) {
      const reply = await said(text, { who: ANA });
      const form = reply?.message.blocks.find((block) => block.kind === "form");
      expect(form && formExample(form), text).toBe(example);
    }
    expect((await state.people.find("ana"))?.language).toBeNull();
  });

  it("is refused politely to who speaks on this machine itself", async () => {
    const { said, audited } = setUp();
    const reply = await said("idioma inglês", { who: "corretor1" });
    expect(reply?.message.text).toMatch(/^Aqui o idioma não fica guardado\.\n\n.*--lang/);
    expect(audited.at(-1)).toMatchObject({ intent: "language", outcome: "refused" });
    expect((await said("settings", { who: "admin" }))?.message.text).toContain("Slack or Teams");
  });
});

describe("an order about the service", () => {
  it.each([
    "carteira cliente123",
    "arquivos de cliente123 em 2025",
    "rentabilidade de cliente123",
    "quem tem PETR4?",
    "qual o idioma de cliente123",
  ])("leaves %j to be read as a question", async (text) => {
    const { said, audited } = setUp();
    await said(text, { who: "corretor1" });
    expect(["uploads", "upkeep", "language", "settings"]).not.toContain(audited.at(-1)?.intent);
  });

  it("is read from any text without failing, and never from a long one", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.string({ minLength: 1_990, maxLength: 2_100 })),
        (text) => {
          expect(typeof spoken(text)).toBe("string");
        },
      ),
    );
    expect(spoken("a".repeat(2_001))).toBe("");
    expect(spoken("<@U1> /carteira Últimos\n arquivos ?")).toBe("ultimos arquivos");
  });
});
