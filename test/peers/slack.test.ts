import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayIn } from "../../src/money/day.ts";
import { openSlackStage, type SlackStage } from "./slack-stage.testing.ts";

const WAIT_MS = 20_000;
/** This Slack shows no picture by its file: we fetch what it was given. */
const BOT = "U0CARTEIRA";

describe.skipIf(process.env["CARTEIRA_LOCAL_SLACK"] === undefined).each(["http", "socket"] as const)(
  "Slack by %s",
  (mode) => {
    let stage: SlackStage;

    beforeAll(async () => {
      stage = await openSlackStage(mode);
    });
    afterAll(() => stage?.close());

    const messages = (page: Page) => page.locator(".msg");
    const answerTo = async (act: () => Promise<void>): Promise<Locator> => {
      const before = await messages(stage.page).count();
      await act();
      const answer = messages(stage.page).nth(before);
      await answer.waitFor({ timeout: WAIT_MS });
      return answer;
    };
    const type = (text: string) =>
      answerTo(async () => {
        await stage.page.locator(".composer-input").fill(text);
        await stage.page.keyboard.press("Enter");
      });

    it("answers a command to who typed it, with a picture that arrived", async () => {
      const answer = await type("/carteira cliente123");
      expect(await answer.locator(".badge-eph").count()).toBe(1);
      expect(await answer.locator(".bk-section").first().innerText()).toMatch(/^Ana Souza.*R\$\s[\d.]+,\d\d/);
      expect(await answer.locator(".bk-image img").getAttribute("alt")).toMatch(/^Gráfico de linhas/);
      expect(await pictureOf(stage)).toEqual({ width: 1600, height: 800 });
      await stage.picture(`slack-${mode}-command`);
    });

    it("goes on by a button, and shares by another", async () => {
      const answer = await type("/carteira cliente123");
      const next = await answerTo(() => answer.getByRole("button", { name: "Proventos" }).click());
      expect(await next.locator(".badge-eph").count()).toBe(1);
      expect(await next.innerText()).toContain("Ana Souza");

      const shared = await answerTo(() => answer.getByRole("button", { name: "Compartilhar" }).click());
      expect(await shared.locator(".badge-eph").count()).toBe(0);
      expect(await shared.innerText()).toMatch(/Ana Souza[\s\S]*Compartilhado por/);
      expect(await shared.getByRole("button", { name: "Compartilhar" }).count()).toBe(0);
    });

    it("answers a mention to who asked", async () => {
      await type(`<@${BOT}> quanto cliente123 rendeu no ano?`);
      const answer = messages(stage.page).last();
      await expect.poll(() => answer.innerText(), { timeout: WAIT_MS }).toMatch(/Ana Souza.*CDI/s);
      expect(await answer.locator(".badge-eph").count()).toBe(1);
    });

    it("shows the broker's book in App Home", async () => {
      await stage.page.locator(".sidebar-item", { hasText: "carteira" }).click();
      const home = stage.page.locator(".home");
      await expect.poll(() => home.innerText(), { timeout: WAIT_MS }).toMatch(/Seu livro[\s\S]*3 clientes/);
      const shown = await home.innerText();
      expect(shown).toMatch(/Tudo em dia|desatualizado|a conferir/);
      expect(shown).toMatch(/Últimos \d+ arquivos|Último arquivo|Nenhum arquivo/);
      expect(shown).toContain("Suas configurações.");
      expect(shown).toContain("/carteira quem tem VALE3");
      expect(await home.locator(".bk-unknown").count()).toBe(0);
      await stage.picture(`slack-${mode}-home`);
    });

    it("takes a file dropped in the direct message, once, and takes it back", async () => {
      await stage.page.locator(".sidebar-item", { hasText: "Maria" }).click();
      const day = dayIn(new Date());
      const rows = ["100", "100", "cem", "100", "100", "100"].map(
        (quantity, at) => `cliente123;${day};compra;PETR4;${quantity};38,${at}0;BRL;1,00`,
      );
      const file = ["cliente;data;tipo;ativo;quantidade;preco;moeda;taxas", ...rows, ""].join("\n");
      await stage.page
        .locator("input[type=file]")
        .setInputFiles({ name: "compras.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
      await stage.page.locator(".composer-send").click();
      // The person's own message, one of ours, and the rejected row to mend.
      const outcome = messages(stage.page).nth(1);
      await expect
        .poll(() => outcome.innerText(), { timeout: WAIT_MS })
        .toContain("compras.csv: 5 linhas carregadas · 1 recusada");
      const rejected = messages(stage.page).nth(2);
      await expect.poll(() => rejected.innerText(), { timeout: WAIT_MS }).toContain("compras-recusadas.csv");
      await stage.picture(`slack-${mode}-file`);
      expect(await messages(stage.page).count()).toBe(3);

      const undone = await answerTo(() => outcome.getByRole("button", { name: "Desfazer" }).click());
      expect(await undone.innerText()).toMatch(/Envio \S+ desfeito\./);
      expect(await messages(stage.page).count()).toBe(4);
    });

    it("answers what is said there", async () => {
      await type("e o cliente123, quanto rendeu no mês?");
      const answer = messages(stage.page).last();
      await expect.poll(() => answer.innerText(), { timeout: WAIT_MS }).toContain("Ana Souza");
      expect(await answer.locator(".badge-eph").count()).toBe(0);
    });

    it("takes what is said with a file as said before it", async () => {
      const before = await messages(stage.page).count();
      const file = "cliente;data;tipo;ativo;quantidade;preco;moeda\n;19/11/2026;compra;PETR4;100;38,10;BRL\n";
      await stage.page
        .locator("input[type=file]")
        .setInputFiles({ name: "sem-cliente.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
      await stage.page.locator(".composer-attachment", { hasText: "sem-cliente.csv" }).waitFor();
      await stage.page.locator(".composer-input").fill("importar cliente123");
      await stage.page.locator(".composer-send").click();
      const answers = () => stage.page.locator(".msg").allInnerTexts();
      await expect
        .poll(async () => (await answers()).slice(before).join("\n"), { timeout: WAIT_MS })
        .toMatch(/é de Ana Souza · cliente123[\s\S]*sem-cliente\.csv: 1 linha carregada/);
      await stage.picture(`slack-${mode}-import`);
    });

    it("asks for a language in a modal, keeps it, and shows Home in it", async () => {
      await stage.page.locator(".sidebar-item", { hasText: "carteira" }).click();
      const home = stage.page.locator(".home");
      await expect.poll(() => home.innerText(), { timeout: WAIT_MS }).toContain("sem-cliente.csv");
      await home.getByRole("button", { name: "Trocar idioma" }).click();
      const modal = stage.page.locator(".modal");
      await modal.waitFor({ timeout: WAIT_MS });
      expect(await modal.locator(".modal-title").innerText()).toBe("Idioma das respostas");
      await modal.locator("select").selectOption("inglês");
      await stage.picture(`slack-${mode}-modal`);
      await modal.getByRole("button", { name: "Salvar" }).click();
      await modal.waitFor({ state: "detached", timeout: WAIT_MS });
      await expect
        .poll(() => home.innerText(), { timeout: WAIT_MS })
        .toMatch(/Your book[\s\S]*Your settings\./);
      await stage.picture(`slack-${mode}-home-english`);

      await stage.page.locator(".sidebar-item", { hasText: "Maria" }).click();
      await expect
        .poll(() => messages(stage.page).last().innerText(), { timeout: WAIT_MS })
        .toContain("Done: I answer in English from now on.");
      expect(await (await type("/carteira idioma português")).innerText()).toContain("respondo em português");
    });

    it.runIf(mode === "socket")("comes back by itself after the socket was lost", async () => {
      await stage.restartPeer();
      await stage.page.reload();
      await stage.page.locator(".status.ok", { hasText: "connected" }).waitFor({ timeout: 60_000 });
      const answer = await type("/carteira cliente123");
      expect(await answer.innerText()).toContain("Ana Souza");
    });

    it("had nothing to complain of", async () => {
      expect(stage.errors).toEqual([]);
      expect(await stage.log()).not.toMatch(/-> [a-z_]+"|refused|threw/);
    });

    it.runIf(mode === "socket")("outlives a token that was taken back, and says so once", async () => {
      await stage.revoke();
      await expect.poll(() => stage.errors, { timeout: 30_000 }).toHaveLength(1);
      expect(JSON.parse(stage.errors[0] ?? "")).toMatchObject({
        event: "slack_token_refused",
        slack: "invalid_auth",
        setting: "SLACK_APP_TOKEN",
      });
    });
  },
);

/** The size of the last picture that the peer was given, as a browser sees it. */
async function pictureOf({ page, url, log }: SlackStage): Promise<unknown> {
  const id = [...(await log()).matchAll(/upload (F[A-Z0-9]+) carteira\.png/g)].at(-1)?.[1] ?? "";
  const source = `${url}/files/${BOT}/${id}/carteira.png`;
  return await page.evaluate(`new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve({ width: image.naturalWidth, height: image.naturalHeight });
    image.onerror = () => reject(new Error("no picture"));
    image.src = ${JSON.stringify(source)};
  })`);
}
