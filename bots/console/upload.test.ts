import { describe, expect, it } from "vitest";
import { eventsOf, message, reply, serve } from "./console.testing.ts";

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("sending a file", () => {
  it("streams what becomes of it into one message", async () => {
    const seen = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { browser } = await serve({
      async drop(_file, onProgress) {
        onProgress(message("recebido"));
        await seen[0]?.promise;
        onProgress(message("conferido: 3 linhas"));
        await seen[1]?.promise;
        return reply(message("3 linhas carregadas"));
      },
    });
    const visitor = browser();
    const { talk } = await visitor.open();
    const response = await visitor.upload("a;b\n1;2\n", talk);
    let stream = "";
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      stream += chunk;
      if (stream.includes("recebido")) seen[0]?.resolve();
      if (stream.includes("conferido: 3 linhas")) seen[1]?.resolve();
    }
    const [first, ...states] = eventsOf(stream);
    const id = /id="(m-[\w-]+)"[^>]*aria-busy="true"/.exec(first ?? "")?.[1];
    expect(first).toContain("ops.csv");
    expect(states.map((state) => /headline">([^<]*)/.exec(state)?.[1])).toEqual([
      "recebido",
      "conferido: 3 linhas",
      "3 linhas carregadas",
    ]);
    for (const state of states) expect(state).toContain(`id="${id}"`);
    expect(states.map((state) => state.includes('aria-busy="false"'))).toEqual([false, false, true]);
  });

  it("hands over the bytes, the bare file name and the client, which travel outside the address", async () => {
    const { browser, conversation } = await serve();
    const visitor = browser();
    const { talk } = await visitor.open();
    const headers = {
      "x-file-name": encodeURIComponent("C:\\extratos\\../negociação\n2026.csv"),
      "x-client": encodeURIComponent("José & Cia"),
    };
    await (await visitor.upload("ativo;preço\n", talk, headers)).text();
    expect(conversation.dropped).toEqual([
      expect.objectContaining({
        fileName: "negociação 2026.csv",
        clientId: "José & Cia",
        content: "ativo;preço\n",
        who: "corretor1",
        place: `console:${talk}`,
      }),
    ]);
  });

  it("offers the files that come with the answer, to this session alone", async () => {
    const file = {
      fileName: "ops recusadas.csv",
      mimeType: "text/csv" as const,
      body: Buffer.from("a;motivo\n1;não\n"),
    };
    const { browser } = await serve({
      drop: async () => ({ ...reply(message("1 recusada")), attachments: [file] }),
    });
    const visitor = browser();
    const { talk } = await visitor.open();
    const page = await (await visitor.upload("a\n1\n", talk)).text();
    const [, path = ""] = /href="(\/files\/[\w-]+\/0)"/.exec(page) ?? [];
    const saved = await visitor.get(path);
    expect(saved.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(saved.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''ops%20recusadas.csv");
    expect(await saved.text()).toBe("a;motivo\n1;não\n");
    expect((await visitor.get(path.replace("/0", "/1"))).status).toBe(404);
    const stranger = browser();
    await stranger.open();
    expect((await stranger.get(path)).status).toBe(404);
  });

  it("refuses what says it is too large before reading it", async () => {
    const { browser, conversation } = await serve({}, { maxUploadBytes: 1_000 });
    const visitor = browser();
    const { talk } = await visitor.open();
    const refused = await visitor.upload("x".repeat(1_001), talk);
    expect(refused.status).toBe(413);
    expect(await refused.text()).toContain('role="alert"');
    expect(conversation.dropped).toEqual([]);
  });

  it("stops reading what does not say its size once it is too large", async () => {
    let failure: unknown;
    const { browser, url } = await serve(
      {
        async drop({ body }) {
          try {
            for await (const _ of body) await pause();
          } catch (error) {
            failure = error;
          }
          return reply(message("recusado"));
        },
      },
      { maxUploadBytes: 1_000 },
    );
    const visitor = browser();
    const { talk } = await visitor.open();
    let chunks = 20;
    const unsized = new ReadableStream({
      async pull(stream) {
        await pause();
        chunks -= 1;
        if (chunks === 0) stream.close();
        else stream.enqueue(new TextEncoder().encode("x".repeat(400)));
      },
    });
    await fetch(`${url}/upload`, {
      method: "POST",
      body: unsized,
      duplex: "half",
      headers: { cookie: visitor.cookie, origin: url, "x-talk": talk, "x-file-name": "a.csv" },
    }).then((response) => response.text());
    expect(failure).toMatchObject({ code: "too_large" });
  });

  it("wants a file name, and takes one file of a session at a time", async () => {
    let finish: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { browser } = await serve({
      async drop() {
        await held;
        return reply(message("feito"));
      },
    });
    const visitor = browser();
    const { talk } = await visitor.open();
    expect((await visitor.upload("a", talk, { "x-file-name": "%E0%A4%A" })).status).toBe(400);
    const first = await visitor.upload("a", talk);
    expect((await visitor.upload("b", talk)).status).toBe(429);
    finish();
    await first.text();
    expect((await visitor.upload("b", talk)).status).toBe(200);
  });

  it("keeps the outcome for a page that was closed meanwhile, and lets a reloaded one ask for it", async () => {
    let finish: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { browser } = await serve({
      async drop() {
        await held;
        return reply(message("3 linhas carregadas"));
      },
    });
    const visitor = browser();
    const { talk } = await visitor.open();
    const sent = await visitor.upload("a", talk);
    await sent.body?.cancel();
    const poll = /hx-get="(\/messages\/[\w-]+)"/.exec((await visitor.open()).page)?.[1] ?? "";
    expect(await (await visitor.get(poll)).text()).toContain(`hx-get="${poll}"`);
    finish();
    await pause();
    const done = await (await visitor.get(poll)).text();
    expect(done).toContain("3 linhas carregadas");
    expect(done).not.toContain("hx-get");
    expect((await browser().get(poll)).status).toBe(404);
  });
});
