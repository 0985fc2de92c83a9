import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Message } from "../../src/messages/message.ts";
import { ALEX, openPlayground, type Playground } from "./playground.testing.ts";

const peers = process.env["CARTEIRA_TEAMS_PEERS"];
const BOUGHT = [13, 14, 16, 17, 18, 19].map((day) => `cliente123;${day}/11/2026;compra;PETR4;100;38,12`);
/** Six rows that are good and one that is not. */
const CSV = [
  "cliente;data;tipo;ativo;quantidade;preco",
  ...BOUGHT,
  "cliente123;19/11/2026;compra;VALE3;muitas;61,00",
];
const WAIT_MS = 20_000;

/** Left out, since the playground has none of it: drawing and settling a file's consent, tokens, full width, phones. */
describe.runIf(peers !== undefined)("the Teams channel in Microsoft's playground", () => {
  let playground: Playground;

  beforeAll(async () => {
    playground = await openPlayground(peers ?? "", CSV.join("\n"));
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    const path = join(await mkdtemp(join(tmpdir(), "carteira-screenshot-")), "page.png");
    await playground.page.screenshot({ path });
    console.error(`Screenshot: ${path}`);
  });
  afterAll(() => playground?.close());

  const show = (chat: string) => playground.page.getByRole("treeitem", { name: chat }).click();
  const seen = (text: string | RegExp) =>
    playground.page.getByText(text).last().waitFor({ timeout: WAIT_MS });
  async function say(text: string): Promise<void> {
    await playground.page.getByRole("textbox").click();
    await playground.page.keyboard.type(text);
    await playground.page.keyboard.press("Enter");
  }

  it("welcomes once", async () => {
    await show("Personal Chat");
    await seen("Hello! I am Carteira.");
    expect(await playground.page.getByText("Hello! I am Carteira.").count()).toBe(1);
  });

  it("answers a question with a card and its picture", async () => {
    await say("carteira cliente123");
    await seen(/Dados sintéticos de demonstração/);
    const picture = playground.page.locator('img[src^="data:image/png"]').last();
    await picture.waitFor({ timeout: WAIT_MS });
    expect(await picture.getAttribute("alt")).toMatch(/Rentabilidade acumulada/);
    expect(await picture.evaluate((image) => "naturalWidth" in image && image.naturalWidth)).toBeGreaterThan(
      600,
    );
  });

  it("answers a button", async () => {
    await playground.page.getByRole("button", { name: "Alocação" }).last().click();
    await playground.page.locator('img[alt*="alocação" i]').last().waitFor({ timeout: WAIT_MS });
  });

  it("writes unasked to whom it knows, and to nobody else", async () => {
    const headline = "Resumo da manhã";
    const message: Message = { text: headline, headline, blocks: [], footer: [] };
    expect(await playground.teams.tell("teams:nobody:nowhere", message, "pt")).toBe("unknown");
    expect(await playground.teams.tell(ALEX, message, "pt")).toBe("sent");
    await seen(headline);
  });

  it("takes a file, and shows what became of it", async () => {
    await playground.sendFile("operacoes.csv");
    await seen(/^operacoes\.csv: /);
    await seen(/quantidade não é um número/);
    await playground.page
      .getByRole("button", { name: /desfazer/i })
      .last()
      .waitFor({ timeout: WAIT_MS });
  });

  it("takes what is said with a file as said before it", async () => {
    await playground.sendFile("com-texto.csv", "importar cliente123");
    await seen(/O próximo arquivo que você enviar aqui até .* é de/);
    await seen(/^com-texto\.csv: /);
  });

  it("asks for a language by a form in the card, and keeps it", async () => {
    await say("idioma");
    await seen("Idioma das respostas");
    const language = playground.page.getByRole("combobox", { name: "Idioma" }).last();
    await language.click();
    await playground.page.getByRole("option", { name: "Inglês" }).click();
    await playground.picture("teams-form");
    await playground.page.getByRole("button", { name: "Salvar" }).last().click();
    await seen("Done: I answer in English from now on.");
    await playground.picture("teams-form-sent");
    await say("idioma português");
    await seen("Pronto: respondo em português daqui em diante.");
  });

  it("answers a group in the asker's own chat", async () => {
    await show("Group Chat");
    await playground.page.getByRole("textbox").click();
    await playground.page.keyboard.type("@Test");
    await playground.page.getByRole("menuitem", { name: "Test Bot" }).click();
    await playground.page.keyboard.type(" risco de cliente123");
    await playground.page.keyboard.press("Enter");
    await seen(/I answered in your personal chat/);
    expect(await playground.page.getByText(/volatilidade/i).count()).toBe(0);
    await show("Personal Chat");
    await seen(/volatilidade/i);
  });

  it("logs nothing that went wrong", () => {
    expect(playground.logged()).toBe("");
  });
});
