import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** For one thing to appear on the page: a file of a few rows is loaded and valued in a second or two. */
export const WAIT_MS = 20_000;

const ANSWERS = '.entry[aria-busy="false"]';

/** The chat as the person before it uses it. */
export interface Chat {
  readonly page: Page;
  /** Types where the focus is, sends with Enter and gives the answer once it is whole. */
  type(text: string): Promise<Locator>;
  /** The answer to what `act` sends. */
  answerTo(act: () => Promise<void>): Promise<Locator>;
  /** Lets a file fall on the talk and gives the answer. */
  drop(name: string, lines: readonly string[]): Promise<Locator>;
  /** Speaks as another broker from here on. */
  switchTo(broker: string): Promise<void>;
}

export function chatOn(page: Page): Chat {
  const answerTo: Chat["answerTo"] = async (act) => {
    const before = await page.locator(ANSWERS).count();
    await act();
    const answer = page.locator(ANSWERS).nth(before);
    await answer.waitFor();
    return answer;
  };
  return {
    page,
    answerTo,
    type: (text) =>
      answerTo(async () => {
        await page.keyboard.type(text);
        await page.keyboard.press("Enter");
      }),
    drop: (name, lines) => answerTo(() => dropFile(page, name, `${lines.join("\n")}\n`)),
    async switchTo(broker) {
      await page.selectOption("select[name=broker]", broker);
      await page.getByRole("heading", { name: `Olá, ${broker}.` }).waitFor();
    },
  };
}

/** The events that a browser sends for a file dragged from a folder; they carry a real `File`. */
async function dropFile(page: Page, name: string, body: string): Promise<void> {
  const script = `{
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([${JSON.stringify(body)}], ${JSON.stringify(name)}, { type: "text/csv" }));
    const event = (kind) => new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true });
    document.querySelector("#talk").dispatchEvent(event("dragover"));
    document.querySelector("#talk").dispatchEvent(event("drop"));
  }`;
  await page.evaluate(script);
}

/** The rows of an answer's one table, each as the texts of its cells. */
export async function rowsOf(answer: Locator): Promise<readonly (readonly string[])[]> {
  const rows = await answer.locator(".table tbody tr").all();
  return Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts()));
}

/** The value of a field of an answer. */
export async function fieldOf(answer: Locator, label: string): Promise<string> {
  const field = answer.locator(".fields div", { has: answer.page().getByText(label, { exact: true }) });
  return field.locator("dd").innerText();
}

interface Picture {
  readonly complete: boolean;
  readonly naturalWidth: number;
}

/** Brings the shown picture of an answer into view and waits until it has really arrived. */
export async function expectPicture(answer: Locator, theme: "light" | "dark"): Promise<void> {
  const picture = answer.locator("figure.chart img:visible");
  await picture.scrollIntoViewIfNeeded();
  const width = () => picture.evaluate((image: Picture) => (image.complete ? image.naturalWidth : 0));
  await expect.poll(width, { timeout: WAIT_MS }).toBe(1600);
  expect(await picture.getAttribute("src")).toMatch(new RegExp(`/${theme}\\.png$`));
}

export interface Focus {
  /** The id or name of what has the focus, or its tag. */
  readonly name: string;
  /** Whether it is on the screen with the frame that marks the focus. */
  readonly visible: boolean;
}

/** Where the keyboard is. Of the composer, the frame around its bare text field takes the mark's colour. */
export function focusOf(page: Page): Promise<Focus> {
  return page.evaluate<Focus>(`(() => {
    const focus = document.activeElement;
    const accent = getComputedStyle(document.querySelector(".send")).backgroundColor;
    const { width, top } = focus.getBoundingClientRect();
    const style = getComputedStyle(focus);
    const outlined = style.outlineStyle === "solid" && style.outlineWidth === "2px" && style.outlineColor === accent;
    const framed = focus.id === "text" && getComputedStyle(focus.closest(".composer")).borderColor === accent;
    return {
      name: focus.id || focus.name || focus.tagName,
      visible: width > 0 && top >= 0 && top < innerHeight && (outlined || framed),
    };
  })()`);
}
