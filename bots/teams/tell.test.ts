import { describe, expect, it } from "vitest";
import { ANA, reply, run, whoIs } from "./fake-teams.testing.ts";
import { at } from "./person.ts";
import { confirmed } from "./tell.ts";

const TOLD = { message: reply("Resumo da manhã").message, language: "pt" } as const;

async function installed() {
  const running = await run({}, { sleep: async () => undefined });
  await running.post(running.activity({ type: "installationUpdate", action: "add" }));
  await running.fake.until(1);
  return { ...running, tell: (more = {}) => running.teams.tell(whoIs(ANA), { ...TOLD, ...more }) };
}

describe("what is told unasked", () => {
  it("returns Teams' id of it", async () => {
    const { fake, tell } = await installed();
    expect(await tell()).toBe(`sent-${fake.sent.length}`);
  });

  it("is followed by an offer of its files", async () => {
    const { fake, tell } = await installed();
    const body = new TextEncoder().encode("a;b");
    await tell({ attachments: [{ fileName: "relatorio.pdf", mimeType: "application/pdf", body }] });
    const offer = at(at(fake.messages()[2]?.activity["attachments"], "0"), "name");
    expect(offer).toBe("relatorio.pdf");
  });

  it.each([
    [429, { code: "retry_later", reason: "http_429" }],
    [403, { code: "refused", reason: "http_403" }],
    [404, { code: "refused", reason: "http_404" }],
  ])("that meets %i for ever is %o", async (status, expected) => {
    const { fake, tell } = await installed();
    fake.failures.push(...Array.from({ length: 40 }, () => ({ status, retryAfter: "0" })));
    await expect(tell()).rejects.toMatchObject(expected);
  });

  it.each([
    [{ statusCode: 500 }, { code: "unknown", reason: "http_500" }],
    [{ statusCode: 504 }, { code: "unknown", reason: "http_504" }],
    [{ code: "ECONNREFUSED" }, { code: "retry_later", reason: "ECONNREFUSED" }],
    [{ code: "ECONNRESET" }, { code: "unknown", reason: "ECONNRESET" }],
    [{}, { code: "unknown", reason: "no_answer" }],
  ])("that ends in %o is %o", async (failure, expected) => {
    const error = Object.assign(new Error("not sent"), failure);
    await expect(confirmed(() => Promise.reject(error))).rejects.toMatchObject(expected);
  });

  it("without an id is unknown", async () => {
    await expect(confirmed(async () => null)).rejects.toMatchObject({ code: "unknown", reason: "no_id" });
  });
});
