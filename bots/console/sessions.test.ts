import { describe, expect, it } from "vitest";
import { serve } from "./console.testing.ts";
import { Session, Sessions } from "./sessions.ts";

describe("speaking as a broker", () => {
  it("starts as the first broker and starts a fresh talk with another", async () => {
    const { browser, conversation } = await serve();
    const visitor = browser();
    const before = await visitor.open();
    await (await visitor.ask("quanto tem Ana?", before.talk)).text();
    const switched = await visitor.post("/settings", new URLSearchParams({ broker: "corretor2" }));
    expect([switched.status, switched.headers.get("location")]).toEqual([303, "/"]);
    const after = await visitor.open();
    expect(after.page).not.toContain("quanto tem Ana?");
    expect(after.talk).not.toBe(before.talk);
    await (await visitor.ask("oi", after.talk)).text();
    expect(conversation.asked.map(({ who }) => who)).toEqual(["corretor1", "corretor2"]);
    expect(new Set(conversation.asked.map(({ place }) => place)).size).toBe(2);
  });

  it("does not speak as a broker that is not listed", async () => {
    const { browser, conversation } = await serve();
    const visitor = browser();
    const { talk } = await visitor.open();
    for (const broker of ["corretor9", "admin", ""]) {
      expect((await visitor.post("/settings", new URLSearchParams({ broker }))).status).toBe(403);
    }
    await (await visitor.ask("oi", talk)).text();
    expect(conversation.asked.map(({ who }) => who)).toEqual(["corretor1"]);
  });

  it("stops speaking as a broker that left the clients file", async () => {
    let brokers = ["corretor1", "corretor2"];
    const { browser, conversation } = await serve({}, { brokers: async () => brokers });
    const visitor = browser();
    const { talk } = await visitor.open();
    brokers = ["corretor2"];
    const refused = await visitor.ask("oi", talk);
    expect([refused.status, refused.headers.get("hx-refresh")]).toEqual([403, "true"]);
    expect(conversation.asked).toEqual([]);
    expect((await visitor.open()).page).toContain("corretor2");
  });

  it("says that the store is away, where that is why nobody can speak", async () => {
    const away = Object.assign(new Error("the store of cliente123"), { code: "unavailable" });
    let brokers: () => Promise<readonly string[]> = async () => ["corretor1"];
    const { browser } = await serve({}, { brokers: () => brokers() });
    const visitor = browser();
    const { talk } = await visitor.open();
    brokers = async () => {
      throw away;
    };
    const refused = await visitor.ask("oi", talk);
    const text = await refused.text();
    expect(refused.status).toBe(503);
    expect(text).toContain("O armazenamento das carteiras não está respondendo.");
    expect(text).not.toContain("cliente123");
  });

  it("makes a page of an earlier talk, or of no session, load itself anew instead of speaking", async () => {
    const { browser, conversation } = await serve();
    const visitor = browser();
    const { talk } = await visitor.open();
    await visitor.post("/settings", new URLSearchParams({ broker: "corretor2" }));
    for (const [someone, status] of [
      [visitor, 409],
      [browser(), 401],
    ] as const) {
      const refused = await someone.ask("oi", talk);
      expect([refused.status, refused.headers.get("hx-refresh")]).toEqual([status, "true"]);
      expect((await someone.upload("a", talk)).status).toBe(status);
    }
    expect(conversation.asked).toEqual([]);
    expect(conversation.dropped).toEqual([]);
  });

  it("keeps two browsers apart", async () => {
    const { browser } = await serve();
    const [one, other] = [browser(), browser()];
    const { talk } = await one.open();
    await (await one.ask("quanto tem Ana?", talk)).text();
    expect((await other.open()).page).not.toContain("quanto tem Ana?");
  });

  it("explains what to do while there is no broker, and offers nothing to type in", async () => {
    const { page } = await (await serve({}, { brokers: async () => [] })).browser().open();
    expect(page).toContain("Nenhum corretor cadastrado");
    expect(page).not.toContain("<textarea");
  });

  it("speaks English after the switch, and keeps the talk", async () => {
    const { browser, conversation } = await serve();
    const visitor = browser();
    const { talk } = await visitor.open();
    await visitor.post("/settings", new URLSearchParams({ language: "en" }));
    const english = await visitor.open();
    expect(english.page).toContain('<html lang="en"');
    expect(english.talk).toBe(talk);
    await (await visitor.ask("hello", talk)).text();
    expect(conversation.asked[0]?.language).toBe("en");
  });

  it("says on the page that a demo book is one", async () => {
    const said = "Dados sintéticos de demonstração";
    expect((await (await serve({}, { demo: async () => true })).browser().open()).page).toContain(said);
    expect((await (await serve({}, { demo: false })).browser().open()).page).not.toContain(said);
  });
});

describe("sessions", () => {
  it("forget a browser that was idle too long, and keep one in use", () => {
    let now = new Date("2026-11-23T12:00:00Z");
    const sessions = new Sessions(() => now);
    const { id } = sessions.create();
    now = new Date("2026-11-23T19:59:00Z");
    expect(sessions.find(id)?.id).toBe(id);
    now = new Date("2026-11-24T03:00:00Z");
    expect(sessions.find(id)?.id).toBe(id);
    now = new Date("2026-11-24T11:01:00Z");
    expect(sessions.find(id)).toBeNull();
  });

  it("are bounded: the one idle longest leaves first", () => {
    const sessions = new Sessions(() => new Date(0));
    const ids = Array.from({ length: 50 }, () => sessions.create().id);
    sessions.find(ids[0]);
    sessions.create();
    expect(sessions.find(ids[0])).not.toBeNull();
    expect(sessions.find(ids[1])).toBeNull();
  });

  it("keep a bounded number of messages, the newest", () => {
    const session = new Session();
    for (let at = 0; at < 200; at += 1) {
      session.add({ id: String(at), from: "user", at: new Date(0), text: "", file: false });
    }
    expect(session.entries).toHaveLength(80);
    expect(session.entries.at(-1)?.id).toBe("199");
  });
});
