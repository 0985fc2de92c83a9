import { request } from "node:http";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { scripted, serve } from "./console.testing.ts";
import { createConsole } from "./server.ts";

/** A request with any Host, which fetch does not let one choose. */
function asHost(url: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject).end();
  });
}

describe("the first suggestions", () => {
  const clients = async () => [
    { id: "c1", name: "Adriana Barros" },
    { id: "c2", name: "Ana Souza" },
  ];
  const suggested = async (featured: string) => {
    const { page } = await (await serve({}, { clients, featured })).browser().open();
    return [...page.matchAll(/value="([^"]+)" class="action"/g)].map(([, command]) => command);
  };

  it("ask about the featured client", async () => {
    expect((await suggested("c2")).slice(0, 3)).toEqual([
      "/carteira c2",
      "rentabilidade de Ana Souza em 12 meses contra o CDI",
      "risco de Ana Souza",
    ]);
  });

  it("ask about the first one where the broker has no such client", async () => {
    expect((await suggested("c9"))[0]).toBe("/carteira c1");
  });
});

describe("the local chat's borders", () => {
  it("listens on 127.0.0.1 only and says which setting moves it when the port is taken", async () => {
    const blocker = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => blocker.once("listening", resolve));
    const address = blocker.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const refused = createConsole({
      conversation: scripted(),
      brokers: async () => [],
      demo: false,
      draw: async () => Buffer.from(""),
      logger: { error: () => undefined },
    }).listen(port);
    await expect(refused).rejects.toMatchObject({
      code: "port_taken",
      message: expect.stringContaining("PORT"),
    });
    blocker.close();
  });

  it("lets nothing run inline, nobody frame it, and nothing be stored or guessed", async () => {
    const { headers } = await (await serve()).browser().get("/");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("set-cookie")).toMatch(/HttpOnly.*SameSite=Strict|SameSite=Strict.*HttpOnly/);
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  it("serves a page without inline scripts or styles, which the policy would block", async () => {
    const { page } = await (await serve()).browser().open();
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/);
  });

  it("keeps every file the page names, for good", async () => {
    const browser = (await serve()).browser();
    const { page } = await browser.open();
    const files = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? "");
    expect(files.length).toBeGreaterThanOrEqual(5);
    for (const file of files) {
      const response = await browser.get(file);
      expect(response.status, file).toBe(200);
      expect(response.headers.get("cache-control")).toContain("immutable");
    }
    expect((await browser.get("/assets/other/console.css")).status).toBe(404);
  });

  it("answers only to a loopback name, whatever address a name was made to point to", async () => {
    const { url } = await serve();
    const port = new URL(url).port;
    expect(await asHost(url, `localhost:${port}`)).toBe(200);
    expect(await asHost(url, `127.0.0.1:${port}`)).toBe(200);
    expect(await asHost(url, `attacker.example:${port}`)).toBe(403);
    expect(await asHost(url, `localhost.attacker.example:${port}`)).toBe(403);
    expect(await asHost(url, `127.0.0.1.attacker.example`)).toBe(403);
  });

  it.each([
    ["no origin", {}],
    ["another site", { origin: "https://attacker.example" }],
    ["another port of this machine", { origin: "http://localhost:1" }],
    ["a sandboxed page", { origin: "null" }],
  ])("refuses a post from %s", async (_name, headers) => {
    const { url, conversation, browser } = await serve();
    const visitor = browser();
    const { talk } = await visitor.open();
    for (const path of ["/ask", "/upload", "/settings"]) {
      const response = await fetch(url + path, {
        method: "POST",
        body: new URLSearchParams({ text: "oi", broker: "corretor2" }),
        headers: { cookie: visitor.cookie, "x-talk": talk, "x-file-name": "a.csv", ...headers },
      });
      expect(response.status, path).toBe(403);
    }
    expect(conversation.asked).toEqual([]);
    expect(conversation.dropped).toEqual([]);
  });

  it("believes the browser that says a post is from elsewhere, even under our own origin", async () => {
    const visitor = (await serve()).browser();
    const { talk } = await visitor.open();
    expect((await visitor.ask("oi", talk, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await visitor.ask("oi", talk, { "sec-fetch-site": "same-origin" })).status).toBe(200);
  });
});
