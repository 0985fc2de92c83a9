import { describe, expect, it } from "vitest";
import type { Message } from "../../src/messages/message.ts";
import { digestPage } from "./page.ts";
import { picturesOf } from "./pictures.ts";

const EVIL = `<img src=x onerror="alert('1')">&`;

const message: Message = {
  text: EVIL,
  headline: `Ana ${EVIL} +1,00%`,
  emphasis: [{ text: EVIL }, { text: "+1,00%", tone: "up" }],
  blocks: [
    { kind: "text", text: EVIL, tone: "warning" },
    { kind: "fields", fields: [{ label: EVIL, value: { text: EVIL } }] },
    {
      kind: "table",
      title: EVIL,
      columns: [{ label: EVIL, align: "right" }],
      rows: [[{ text: EVIL, tone: "down" }]],
      more: EVIL,
    },
    {
      kind: "chart",
      alt: EVIL,
      chart: { type: "bars", title: "", subtitle: "", bars: [], style: "plain", language: "pt" },
    },
    { kind: "buttons", buttons: [{ label: "press", command: "press" }] },
  ],
  footer: [EVIL],
};

const draw = async (_spec: unknown, options?: { readonly theme: string }) =>
  Buffer.from(`png of the ${options?.theme} theme`);

describe("a digest's page", () => {
  it("escapes everything, and asks for nothing from outside", async () => {
    const html = await digestPage([message, message], await picturesOf([message, message], draw), "pt");
    expect(html).not.toContain("<img src=x");
    expect(html.match(/&lt;img src=x onerror=&quot;/g)?.length).toBeGreaterThanOrEqual(2 * 8 + 1);
    for (const [, address = ""] of html.matchAll(/(?:src|srcset|href|action|url)\s*[=(]\s*"?([^"\s)]+)/g)) {
      if (address !== "x") expect(address).toMatch(/^data:image\/png;base64,/);
    }
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<link|<form|<button|@import/);
  });

  it("shows each picture in the reader's theme, light on paper, with its words", async () => {
    const html = await digestPage([message], await picturesOf([message], draw), "en");
    expect(html).toContain('<html lang="en">');
    expect(html.match(/<img [^>]*alt="[^"]+"/g)).toHaveLength(1);
    const data = (theme: string) => Buffer.from(`png of the ${theme} theme`).toString("base64");
    expect(html).toContain(
      `<source media="screen and (prefers-color-scheme: dark)" srcset="data:image/png;base64,${data("dark")}">`,
    );
    expect(html).toContain(`<img src="data:image/png;base64,${data("light")}"`);
    expect(html).toMatch(/@media print/);
  });
});
