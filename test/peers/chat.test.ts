import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayIn } from "../../src/money/day.ts";
import { type Chat, expectPicture, fieldOf, rowsOf } from "./chat.testing.ts";
import { openStage, type Stage } from "./stage.testing.ts";

const DESK = { viewport: { width: 1280, height: 900 }, colorScheme: "light" } as const;
const PHONE = { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, hasTouch: true } as const;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(() => stage?.close());

describe("asking", () => {
  it("answers with a sentence, a table, a picture that arrives, and buttons", () =>
    stage.visit(DESK, async ({ page, type, answerTo }) => {
      const answer = await type("/carteira cliente123");
      expect(await answer.locator(".headline").innerText()).toMatch(/^Ana Souza .*R\$\s[\d.]+,\d\d/);
      const held = await rowsOf(answer, "");
      expect(held.map(([asset]) => asset)).toEqual(expect.arrayContaining(["PETR4"]));
      await expectPicture(answer, "light");
      expect(await page.locator(".demo").innerText()).toBe("Dados sintéticos de demonstração");

      const button = answer.getByRole("button").first();
      const command = await button.getAttribute("value");
      const next = await answerTo(() => button.click());
      expect(await page.locator("[data-said]").last().innerText()).toBe(command);
      expect(await next.locator(".headline").innerText()).toContain("Ana Souza");
    }));
});
