import { expect, it } from "vitest";
import type { ChartSpec } from "../messages/message.ts";
import { drawOnce } from "./draw-once.ts";

const spec = (title: string): ChartSpec => ({
  type: "bars",
  title,
  subtitle: "",
  bars: [],
  style: "plain",
  language: "pt",
});

function counting(fail: (title: string) => boolean = () => false) {
  const drawn: string[] = [];
  const draw = async ({ title }: ChartSpec, options?: { readonly theme?: string }) => {
    drawn.push(`${title} ${options?.theme ?? ""}`.trim());
    if (fail(title)) throw new Error("busy");
    return Buffer.from(title);
  };
  return { drawn, draw };
}

it("draws what many ask for at once, or again, one time; and each theme by itself", async () => {
  const { drawn, draw } = counting();
  const once = drawOnce(draw);
  const pictures = await Promise.all([once(spec("a")), once(spec("a")), once(spec("b"))]);
  expect(pictures.map(String)).toEqual(["a", "a", "b"]);
  await once(spec("a"));
  await once(spec("a"), { theme: "dark" });
  expect(drawn).toEqual(["a", "b", "a dark"]);
});

it("lets go of what was not asked for the longest", async () => {
  const { drawn, draw } = counting();
  const once = drawOnce(draw, 2);
  for (const title of ["a", "b", "a", "c", "a", "b"]) await once(spec(title));
  expect(drawn).toEqual(["a", "b", "c", "b"]);
});

it("tries again what was not drawn", async () => {
  let broken = true;
  const { drawn, draw } = counting(() => broken);
  const once = drawOnce(draw);
  await expect(once(spec("a"))).rejects.toThrow("busy");
  broken = false;
  expect(String(await once(spec("a")))).toBe("a");
  expect(drawn).toEqual(["a", "a"]);
});
