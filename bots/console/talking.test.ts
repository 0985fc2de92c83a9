import { describe, expect, it } from "vitest";
import { eventsOf, message, reply, serve } from "./console.testing.ts";

const CHART = {
  kind: "chart",
  alt: "Barras",
  chart: { type: "bars", title: "", subtitle: "", bars: [], style: "plain", language: "pt" },
} as const;

describe("asking", () => {
  it("shows the question at once, then the answer in the place of the sign that it is being made", async () => {
    const { browser, conversation } = await serve();
    const visitor = browser();
    const { talk } = await visitor.open();
    const [first, second] = eventsOf(await (await visitor.ask("quanto tem Ana?", talk)).text());
    const pending = /id="(m-[\w-]+)"[^>]*aria-busy="true"/.exec(first ?? "")?.[1];
    expect(first).toContain("quanto tem Ana?");
    expect(second).toContain(`id="${pending}"`);
    expect(second).toContain('hx-swap-oob="true"');
    expect(second).toContain("resposta a quanto tem Ana?");
    expect(conversation.asked[0]).toMatchObject({
      who: "corretor1",
      place: `console:${talk}`,
    });
    // Nobody chose a language: the question's own decides.
    expect(conversation.asked[0]).not.toHaveProperty("language");
  });

  it("says the language that was chosen on the page", async () => {
    const { browser, conversation } = await serve();
    const visitor = browser();
    await visitor.open();
    await visitor.post("/settings", new URLSearchParams({ language: "en" }));
    const { talk } = await visitor.open();
    await (await visitor.ask("carteira cliente123", talk)).text();
    expect(conversation.asked[0]?.language).toBe("en");
  });

  it("sends a button's command rather than the draft beside it, and ignores an empty question", async () => {
    const { browser, conversation } = await serve();
    const visitor = browser();
    const { talk } = await visitor.open();
    const form = new URLSearchParams({ text: "rascunho", command: "/carteira cliente123" });
    await (await visitor.post("/ask", form, { "x-talk": talk })).text();
    expect((await visitor.ask("   ", talk)).status).toBe(204);
    expect(conversation.asked.map(({ text }) => text)).toEqual(["/carteira cliente123"]);
  });

  it("keeps the talk for a reload, and nothing of it in the address", async () => {
    const visitor = (await serve()).browser();
    const { talk } = await visitor.open();
    await (await visitor.ask("quanto tem Ana?", talk)).text();
    const { page } = await visitor.open();
    expect(page).toContain("resposta a quanto tem Ana?");
    expect([...page.matchAll(/(?:href|src|action|hx-get|hx-post)="([^"]*)"/g)].join()).not.toMatch(
      /Ana|cliente/,
    );
  });

  it("escapes whatever a client, a question or an answer is made of", async () => {
    const evil = `<img src=x onerror=alert(1)>"'&`;
    const { browser } = await serve(
      {
        say: async () =>
          reply(
            message(evil, [
              { kind: "text", text: evil },
              { kind: "fields", fields: [{ label: evil, value: { text: evil } }] },
              {
                kind: "table",
                title: evil,
                columns: [{ label: evil, align: "left" }],
                rows: [[{ text: evil }]],
                more: evil,
              },
              { kind: "buttons", buttons: [{ label: evil, command: `"><script>${evil}` }] },
              { kind: "link", label: evil, url: `https://a.example/${evil}` },
              { ...CHART, alt: evil },
            ]),
          ),
      },
      { clients: async () => [{ id: evil, name: evil }], brokers: async () => [evil] },
    );
    const visitor = browser();
    const { talk } = await visitor.open();
    const answer = await (await visitor.ask(evil, talk)).text();
    const { page } = await visitor.open();
    for (const shown of [answer, page]) {
      expect(shown).not.toContain("<img src=x");
      expect(shown).not.toContain("<script>");
      expect(shown).not.toContain(`x onerror=alert(1)>"`);
      expect(shown).toContain("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;");
    }
  });

  it("sets what stands out of a headline in bold, each part after the one before it", async () => {
    const visitor = (
      await serve({
        say: async () =>
          reply({
            ...message("Ana & Bia: 10 de 10 (+1%)"),
            emphasis: [{ text: "10" }, { text: "10" }, { text: "+1%", tone: "up" }, { text: "absent" }],
          }),
      })
    ).browser();
    const { talk } = await visitor.open();
    expect(await (await visitor.ask("oi", talk)).text()).toContain(
      'Ana &amp; Bia: <strong class="">10</strong> de <strong class="">10</strong> (<strong class="tone-up">+1%</strong>)',
    );
  });

  it("refuses a question that is too long, in the talk and in its body", async () => {
    const { browser, conversation } = await serve();
    const visitor = browser();
    const { talk } = await visitor.open();
    const long = await visitor.ask("x".repeat(2_001), talk);
    expect(long.status).toBe(413);
    expect(await long.text()).toContain("longa demais");
    expect((await visitor.ask("x".repeat(20_000), talk)).status).toBe(413);
    expect(conversation.asked).toEqual([]);
  });

  it("hands over the page's event id within the session, so that a repeated request is taken once", async () => {
    const { browser, conversation } = await serve();
    const visitor = browser();
    const { talk } = await visitor.open();
    for (let times = 0; times < 2; times += 1) {
      await (await visitor.ask("oi", talk, { "x-event": "0b1c2d3e-aaaa" })).text();
    }
    const [first, second] = conversation.asked.map(({ eventId }) => eventId);
    expect(first).toContain("0b1c2d3e-aaaa");
    expect(second).toBe(first);
  });

  it("takes a question off the page again where the conversation had taken it before", async () => {
    const visitor = (await serve({ say: async () => null })).browser();
    const { talk } = await visitor.open();
    const [shown, removed] = eventsOf(await (await visitor.ask("oi de novo", talk)).text());
    const ids = [...(shown ?? "").matchAll(/id="(m-[\w-]+)"/g)].map((match) => match[1]);
    expect(ids).toHaveLength(2);
    for (const id of ids) expect(removed).toContain(`id="${id}" hx-swap-oob="delete"`);
    expect((await visitor.open()).page).not.toContain("oi de novo");
  });

  it("says that it failed, with a code that the log has and without the question in the log", async () => {
    const { browser, logged } = await serve({
      say: async ({ text }) => {
        throw new Error(`cannot answer ${text}`);
      },
    });
    const visitor = browser();
    const { talk } = await visitor.open();
    const stream = await (await visitor.ask("segredo de Ana", talk)).text();
    const [entry] = logged;
    expect(stream).toContain(String(entry?.fields["ref"]));
    expect(JSON.stringify(logged)).not.toContain("segredo");
  });

  it("answers one question after the other, so that a follow-up meets the answer before it", async () => {
    const order: string[] = [];
    const { browser } = await serve({
      say: async ({ text }) => {
        order.push(`starts ${text}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        order.push(`ends ${text}`);
        return reply(message(text));
      },
    });
    const visitor = browser();
    const { talk } = await visitor.open();
    await Promise.all(["a", "b", "c"].map(async (text) => await (await visitor.ask(text, talk)).text()));
    expect(order.map((step) => step.split(" ")[0])).toEqual([
      "starts",
      "ends",
      "starts",
      "ends",
      "starts",
      "ends",
    ]);
  });

  it("asks for patience rather than let questions pile up", async () => {
    let finish: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { browser } = await serve({
      say: async ({ text }) => {
        await held;
        return reply(message(text));
      },
    });
    const visitor = browser();
    const { talk } = await visitor.open();
    const asked = await Promise.all(Array.from({ length: 9 }, () => visitor.ask("oi", talk)));
    expect(asked.map(({ status }) => status).sort()).toEqual([...Array(8).fill(200), 429]);
    finish();
    await Promise.all(asked.map(async (response) => await response.text()));
    expect((await visitor.ask("oi", talk)).status).toBe(200);
  });
});

describe("charts", () => {
  it("draws a chart for the session that it was sent to, in the theme that is shown, once", async () => {
    const drawn: string[] = [];
    const { browser } = await serve(
      { say: async () => reply(message("carteira", [CHART])) },
      {
        draw: async (spec, { theme }) => {
          drawn.push(`${spec.type} ${theme}`);
          return Buffer.from("a picture");
        },
      },
    );
    const visitor = browser();
    const { talk } = await visitor.open();
    const answer = await (await visitor.ask("carteira", talk)).text();
    const dark = /src="(\/charts\/[\w-]{20,}\/0\/dark\.png)"/.exec(answer)?.[1] ?? "";
    expect(drawn).toEqual([]);
    for (let times = 0; times < 2; times += 1) {
      const picture = await visitor.get(dark);
      expect(await picture.text()).toBe("a picture");
      expect(picture.headers.get("content-type")).toBe("image/png");
      expect(picture.headers.get("cache-control")).toBe("no-store");
    }
    expect(drawn).toEqual(["bars dark"]);
    const other = browser();
    await other.open();
    expect((await other.get(dark)).status).toBe(404);
    expect((await browser().get(dark)).status).toBe(404);
    expect((await visitor.get(dark.replace("/0/", "/1/"))).status).toBe(404);
  });

  it("tries a failed drawing again", async () => {
    let times = 0;
    const { browser, logged } = await serve(
      { say: async () => reply(message("carteira", [CHART])) },
      {
        draw: async () => {
          times += 1;
          if (times === 1) throw new Error("no canvas");
          return Buffer.from("ok");
        },
      },
    );
    const visitor = browser();
    const { talk } = await visitor.open();
    const answer = await (await visitor.ask("carteira", talk)).text();
    const light = /src="(\/charts\/[^"]+light\.png)"/.exec(answer)?.[1] ?? "";
    expect((await visitor.get(light)).status).toBe(500);
    expect((await visitor.get(light)).status).toBe(200);
    expect(logged).toHaveLength(1);
  });
});
