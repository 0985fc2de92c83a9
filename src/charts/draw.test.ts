import { createCanvas, loadImage } from "canvas";
import { describe, expect, it } from "vitest";
import { sampleAnswer } from "../messages/answers.testing.ts";
import type { ChartSpec } from "../messages/message.ts";
import { present } from "../messages/present.ts";
import { sampleResults } from "../messages/results.testing.ts";
import { drawChart } from "./draw.ts";

const specs: readonly ChartSpec[] = sampleResults.flatMap((result) =>
  present(sampleAnswer(result, "pt")).blocks.flatMap((block) =>
    block.kind === "chart" ? [block.chart] : [],
  ),
);

function sizeOf(png: Buffer): { signature: string; width: number; height: number } {
  return {
    signature: png.toString("latin1", 1, 4),
    width: png.readUInt32BE(16),
    height: png.readUInt32BE(20),
  };
}

async function pixelsOf(png: Buffer): Promise<Buffer> {
  const image = await loadImage(png);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  return Buffer.from(context.getImageData(0, 0, image.width, image.height).data);
}

const titles = { title: "Título", subtitle: "", language: "pt" } as const;

describe("drawChart", () => {
  it("draws every picture of the answers at twice 800 x 400", async () => {
    expect(new Set(specs.map(({ type }) => type))).toEqual(new Set(["returns", "allocation", "bars"]));
    for (const spec of specs) {
      expect(sizeOf(await drawChart(spec))).toEqual({ signature: "PNG", width: 1600, height: 800 });
    }
  });

  it("draws the same pixels without transparency for a document", async () => {
    const [spec] = specs;
    if (spec === undefined) throw new Error("no specification");
    const opaque = await drawChart(spec, { theme: "light", opaque: true });
    const usual = await drawChart(spec);
    expect([opaque[25], usual[25]]).toEqual([2, 6]);
    const [left, right] = [await pixelsOf(opaque), await pixelsOf(usual)];
    expect(left.equals(right)).toBe(true);
    expect(new Set(left).size).toBeGreaterThan(10);
  });

  it("draws as wide as it is told, and half as high", async () => {
    const [spec] = specs;
    if (spec === undefined) throw new Error("no specification");
    const narrow = await drawChart(spec, { theme: "light", widthPx: 1_024 });
    expect(sizeOf(narrow)).toEqual({ signature: "PNG", width: 1024, height: 512 });
    expect(sizeOf(await drawChart(spec))).toMatchObject({ width: 1600 });
  });

  it("draws the same bytes for the same picture, also beside others, and others for the other theme", async () => {
    const [first, ...others] = ["returns", "allocation", "bars"].map((type) =>
      specs.find((spec) => spec.type === type),
    );
    for (const spec of [first, ...others]) {
      if (spec === undefined) throw new Error("a type has no picture");
      const light = await drawChart(spec, { theme: "light" });
      const [dark, again] = await Promise.all([
        drawChart(spec, { theme: "dark" }),
        drawChart(spec, { theme: "light" }),
        ...others.map((other) => (other === undefined ? null : drawChart(other))),
      ]);
      expect(again.equals(light)).toBe(true);
      expect(dark.equals(light)).toBe(false);
    }
  });

  it("leaves its specification as it was", async () => {
    const [spec] = specs;
    if (spec === undefined) throw new Error("no picture");
    const before = structuredClone(spec);
    await drawChart(spec);
    expect(spec).toEqual(before);
  });

  it("draws a waterfall, and large letters, in the same size and other than plain ones", async () => {
    const waterfall: ChartSpec = {
      ...titles,
      type: "waterfall",
      steps: [
        { label: "PETR4", value: 10.5, valueText: "+R$ 10,50" },
        { label: "VALE3", value: -20.25, valueText: "-R$ 20,25" },
        { label: "demais", value: 0.1, valueText: "+R$ 0,10", rest: true },
      ],
      total: { label: "Total", value: -9.65, valueText: "-R$ 9,65" },
    };
    for (const spec of [waterfall, ...specs]) {
      const large = await drawChart({ ...spec, size: "large" });
      expect(sizeOf(large)).toEqual({ signature: "PNG", width: 1600, height: 800 });
      expect(large.equals(await drawChart(spec))).toBe(false);
    }
  });

  it.each<[string, ChartSpec]>([
    [
      "a waterfall that does not add up",
      {
        ...titles,
        type: "waterfall",
        steps: [{ label: "a", value: 1, valueText: "1" }],
        total: { label: "b", value: 1.01, valueText: "1" },
      },
    ],
    [
      "a waterfall of nothing",
      { ...titles, type: "waterfall", steps: [], total: { label: "b", value: 0, valueText: "0" } },
    ],
    ["no bars", { ...titles, type: "bars", style: "plain", bars: [] }],
    ["no slices", { ...titles, type: "allocation", centreLabel: "", centreValue: "", slices: [] }],
    [
      "a negative slice",
      {
        ...titles,
        type: "allocation",
        centreLabel: "",
        centreValue: "",
        slices: [
          { label: "a", value: 2, valueText: "2" },
          { label: "b", value: -1, valueText: "-1" },
        ],
      },
    ],
    [
      "lines without a point",
      { ...titles, type: "returns", days: ["2026-11-20"], lines: [{ label: "Carteira", values: [null] }] },
    ],
  ])("refuses %s", async (_, spec) => {
    await expect(drawChart(spec)).rejects.toThrow(RangeError);
  });
});
