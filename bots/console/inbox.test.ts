import { expect, it } from "vitest";
import type { Message } from "../../src/messages/message.ts";
import { message, serve } from "./console.testing.ts";

const AT = new Date("2026-11-25T12:00:00Z");
const CHART: Message["blocks"][number] = {
  kind: "chart",
  alt: "Movimentos do dia",
  chart: { type: "bars", title: "t", subtitle: "s", bars: [], style: "signed", language: "pt" },
};

/** A box for each user, to which a test adds. */
function boxes() {
  const items: { seq: number; at: Date; message: Message; user: string }[] = [];
  const put = (user: string, headline: string) =>
    items.push({ seq: items.length + 1, at: AT, message: message(headline, [CHART]), user });
  const inbox = {
    after: async (user: string, seq: number) => items.filter((item) => item.user === user && item.seq > seq),
  };
  return { put, inbox };
}

it("shows what was sent before the page was opened, and what comes while it is open, each once", async () => {
  const { put, inbox } = boxes();
  put("corretor1", "PETR4 caiu 5%");
  const visitor = (await serve({}, { inbox })).browser();
  const { page, talk } = await visitor.open();
  expect(page).toContain("PETR4 caiu 5%");
  expect(page).toContain('hx-get="/inbox"');
  const asked = () =>
    fetch(`${visitor.origin}/inbox`, { headers: { cookie: visitor.cookie, "x-talk": talk } });
  expect((await asked()).status).toBe(204);

  put("corretor1", "Resumo <da> manhã");
  const news = await asked();
  expect(news.status).toBe(200);
  const fragment = await news.text();
  expect(fragment).toContain("Resumo &lt;da&gt; manhã");
  expect(fragment).not.toContain("PETR4");
  expect((await asked()).status).toBe(204);
  // Its picture is served as any other's, and a reload shows both.
  const chart = /src="(\/charts\/[^"]+)"/.exec(fragment)?.[1] ?? "";
  expect((await visitor.get(chart)).headers.get("content-type")).toBe("image/png");
  const again = (await visitor.open()).page;
  expect(again.match(/PETR4 caiu/g)).toHaveLength(1);
  expect(again.match(/Resumo &lt;da&gt;/g)).toHaveLength(1);
});

it("gives nobody another broker's, also to a page that spoke as that broker before", async () => {
  const { put, inbox } = boxes();
  const visitor = (await serve({}, { inbox })).browser();
  const { talk } = await visitor.open();
  await visitor.post("/settings", new URLSearchParams({ broker: "corretor2" }));
  put("corretor1", "segredo do corretor1");
  put("corretor2", "do corretor2");
  const stale = await fetch(`${visitor.origin}/inbox`, {
    headers: { cookie: visitor.cookie, "x-talk": talk },
  });
  expect([stale.status, await stale.text()]).toEqual([409, ""]);
  const { page } = await visitor.open();
  expect(page).toContain("do corretor2");
  expect(page).not.toContain("segredo");
  const stranger = await fetch(`${visitor.origin}/inbox`, { headers: { "x-talk": talk } });
  expect([stranger.status, await stranger.text()]).toEqual([401, ""]);
});
