import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayIn } from "../../src/money/day.ts";
import { type Chat, expectPicture, type Focus, fieldOf, focusOf, rowsOf } from "./chat.testing.ts";
import { openStage, type Stage } from "./stage.testing.ts";

const DESK = { viewport: { width: 1280, height: 900 }, colorScheme: "light" } as const;
const DARK_DESK = { ...DESK, colorScheme: "dark" } as const;
const PHONE = { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, colorScheme: "light" } as const;
/** More than the buttons of one answer, the clients and the header together. */
const MAX_STOPS = 80;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(() => stage?.close());

describe("asking", () => {
  it("answers with a sentence, a table, a picture that arrives, and buttons that ask on", () =>
    stage.visit(DESK, async ({ page, type, answerTo }) => {
      expect(await page.locator(".demo").innerText()).toBe("Dados sintéticos de demonstração");
      const answer = await type("/carteira cliente123");
      expect(await answer.locator(".headline").innerText()).toMatch(/^Ana Souza.*R\$\s[\d.]+,\d\d/);
      const held = await rowsOf(answer);
      expect(held.map(([asset]) => asset)).toContain("PETR4");
      await expectPicture(answer, "light");

      const button = answer.getByRole("button").first();
      const command = await button.getAttribute("value");
      const next = await answerTo(() => button.click());
      expect(await page.locator("[data-said]").last().innerText()).toBe(command);
      expect(await next.locator(".headline").innerText()).toContain("Ana Souza");
    }));

  it("remembers whom and what the talk is about", () =>
    stage.visit(DESK, async ({ type }) => {
      await type("/carteira cliente123");
      const year = await type("quanto rendeu no ano?");
      expect(await year.locator(".headline").innerText()).toMatch(/Ana Souza.*CDI/s);
      const index = await type("e contra o IBOV?");
      expect(await index.locator(".headline").innerText()).toMatch(/Ana Souza.*IBOV/s);
      await expectPicture(index, "light");
    }));

  it("does not tell a broker of another one's client", () =>
    stage.visit(DESK, async ({ page, type, switchTo }) => {
      await type("/carteira cliente123");
      await switchTo("corretor2");
      expect(await page.locator("body").innerText()).not.toContain("Ana Souza");
      const answer = await type("/carteira cliente123");
      expect(await answer.locator(".headline").innerText()).toBe("Não encontrei esse cliente entre os seus.");
    }));
});

describe("filling in a form", () => {
  it.each([
    ["light", DESK],
    ["dark", DARK_DESK],
    ["phone", PHONE],
  ])("says its command, by the keyboard alone: %s", (name, options) =>
    stage.visit(options, async ({ page, type, answerTo, drop }) => {
      const asked = await type("importar");
      const client = asked.getByLabel("Cliente");
      await client.focus();
      expect((await focusOf(page)).visible).toBe(true);
      await page.keyboard.type("Ana Souza");
      expect(await client.inputValue()).toBe("cliente123");
      const pictures = process.env["CARTEIRA_PICTURES"];
      if (pictures !== undefined) await page.screenshot({ path: join(pictures, `form-${name}.png`) });
      await page.keyboard.press("Tab");
      const told = await answerTo(() => page.keyboard.press("Enter"));
      expect(await page.locator("[data-said]").last().innerText()).toBe("importar cliente123");
      expect(await told.locator(".headline").innerText()).toMatch(/é de Ana Souza · cliente123\.$/);

      const columns = "cliente;data;tipo;ativo;quantidade;preco;moeda";
      const taken = await drop(`${name}.csv`, [columns, `;${dayIn(new Date())};compra;PETR4;100;38,10;BRL`]);
      expect(await taken.locator(".headline").innerText()).toMatch(/linha carregada|já estava/);
    }),
  );
});

describe("dropping a file", () => {
  const day = dayIn(new Date());
  const lines = [
    "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas",
    `cliente123;${day};compra;PETR4;100;38,10;BRL;1,00`,
    `cliente123;${day};compra;PETR4;100;38,20;BRL;1,00`,
    `cliente123;${day};compra;PETR4;cem;38,30;BRL;1,00`,
    `cliente123;${day};compra;PETR4;100;38,40;BRL;1,00`,
    `cliente123;${day};compra;PETR4;100;38,50;BRL;1,00`,
    `cliente123;${day};compra;PETR4;100;38,60;BRL;1,00`,
  ];
  const held = async ({ type }: Chat) =>
    Number((await fieldOf(await type("/carteira cliente123 PETR4"), "Quantidade")).replaceAll(".", ""));

  it("loads what is right, says line and reason of what is not, and takes it back", () =>
    stage.visit(DESK, async (chat) => {
      const before = await held(chat);
      const outcome = await chat.drop("compras <b>.csv", lines);
      expect(await outcome.locator(".headline").innerText()).toBe(
        "compras <b>.csv: 5 linhas carregadas · 1 recusada",
      );
      expect(await rowsOf(outcome)).toEqual([
        ["4", "quantidade", "cem", expect.stringContaining("quantidade não é um número")],
      ]);
      expect(await held(chat)).toBe(before + 500);

      const undo = outcome.getByRole("button", { name: "Desfazer" });
      const undone = await chat.answerTo(() => undo.click());
      expect(await undone.locator(".headline").innerText()).toMatch(/^Envio \S+ desfeito\./);
      expect(await held(chat)).toBe(before);
    }));

  it("refuses rows of another broker's client as unknown ones", () =>
    stage.visit(DESK, async (chat) => {
      const before = await held(chat);
      await chat.switchTo("corretor2");
      const outcome = await chat.drop("compras.csv", lines);
      expect(await outcome.locator(".headline").innerText()).toBe(
        "compras.csv: não foi carregado, 6 de 6 linhas têm erro",
      );
      expect(await rowsOf(outcome)).toContainEqual(["2", "cliente", "cliente123", "cliente não encontrado"]);
      expect(await outcome.innerText()).not.toContain("Ana Souza");
      await chat.switchTo("corretor1");
      expect(await held(chat)).toBe(before);
    }));
});

describe("the page", () => {
  const ground = (chat: Chat) =>
    chat.page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
  const LIGHT_GROUND = "rgb(245, 247, 249)";
  const DARK_GROUND = "rgb(13, 17, 22)";

  it("is dark where the computer is, pictures too, and light again by its button, for good", () =>
    stage.visit(DARK_DESK, async (chat) => {
      const answer = await chat.type("/carteira cliente123");
      expect(await ground(chat)).toBe(DARK_GROUND);
      await expectPicture(answer, "dark");
      await chat.page.getByRole("button", { name: "Alternar entre claro e escuro" }).click();
      expect(await ground(chat)).toBe(LIGHT_GROUND);
      await expectPicture(answer, "light");
      await chat.page.reload();
      expect(await ground(chat)).toBe(LIGHT_GROUND);
    }));

  it("fits a phone of 360 pixels without scrolling sideways", () =>
    stage.visit(PHONE, async (chat) => {
      const widest = () =>
        chat.page.evaluate<number>(
          "Math.max(...['html', 'body', 'main', '#talk'].map((part) => document.querySelector(part).scrollWidth))",
        );
      expect(await widest()).toBe(360);
      await expectPicture(await chat.type("/carteira cliente123"), "light");
      await chat.type("quanto rendeu no ano?");
      await chat.type("/carteira ajuda");
      await chat.drop("compras.csv", ["cliente;data;tipo;ativo;quantidade;preco;moeda;taxas", ";;;;;;;"]);
      await chat.page.getByLabel("Enviar arquivo", { exact: true }).click();
      expect(await widest()).toBe(360);
    }));

  it("is used without a mouse, and shows where the focus is", () =>
    stage.visit(DESK, async ({ page, type, answerTo }) => {
      expect(await focusOf(page)).toEqual({ name: "text", visible: true });
      const answer = await type("/carteira cliente123");

      // Backwards from the composer lies the last button of the talk.
      const command = await answer.getByRole("button").last().getAttribute("value");
      await page.keyboard.press("Shift+Tab");
      expect(await page.locator(":focus").getAttribute("value")).toBe(command);
      expect(await focusOf(page)).toEqual({ name: "command", visible: true });
      await answerTo(() => page.keyboard.press("Enter"));
      expect(await page.locator("[data-said]").last().innerText()).toBe(command);

      // From the beginning of the page, every stop shows, and the composer is one of them.
      await page.locator(".skip").focus();
      const stops: Focus[] = [];
      while (stops.length < MAX_STOPS && stops.at(-1)?.name !== "text") {
        await page.keyboard.press("Tab");
        stops.push(await focusOf(page));
      }
      const names = ["broker", "language", "theme", "filter", "command", "text"];
      expect(stops.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
      expect(stops.filter(({ visible }) => !visible)).toEqual([]);
    }));
});
