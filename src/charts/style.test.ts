import { describe, expect, it } from "vitest";
import { FONTS, fitText, PALETTES, textWidth } from "./style.ts";

type Triple = readonly [number, number, number];

/** How readers with each kind of colour blindness see linear RGB (Machado, Oliveira and Fernandes 2009, severity 1). */
const SEEN_BY: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  everybody: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopes: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopes: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopes: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(colour: string): Triple {
  const part = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

const dot = (row: Triple, [x, y, z]: Triple): number => row[0] * x + row[1] * y + row[2] * z;

/** CIE L*a*b* of linear RGB under D65. */
function lab(rgb: Triple): Triple {
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f(dot([0.4124564, 0.3575761, 0.1804375], rgb) / 0.95047);
  const y = f(dot([0.2126729, 0.7151522, 0.072175], rgb));
  const z = f(dot([0.0193339, 0.119192, 0.9503041], rgb) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function seen(colour: string, reader: string): Triple {
  const matrix = SEEN_BY[reader];
  if (matrix === undefined) throw new Error(reader);
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  const rgb = linear(colour);
  return lab([clamp(dot(matrix[0], rgb)), clamp(dot(matrix[1], rgb)), clamp(dot(matrix[2], rgb))]);
}

function nearest(colours: readonly string[], reader: string): number {
  const points = colours.map((colour) => seen(colour, reader));
  return Math.min(
    ...points.flatMap((left, at) =>
      points
        .slice(at + 1)
        .map((right) => Math.hypot(left[0] - right[0], left[1] - right[1], left[2] - right[2])),
    ),
  );
}

describe.each(["light", "dark"] as const)("the %s palette", (theme) => {
  const palette = PALETTES[theme];
  const groups = {
    slices: [...palette.slices, palette.rest],
    lines: palette.lines.slice(0, 3),
    signs: [palette.up, palette.down],
    waterfall: [palette.up, palette.down, palette.rest, palette.ink],
  };

  it.each(Object.keys(SEEN_BY))("can be told apart by %s", (reader) => {
    for (const [name, colours] of Object.entries(groups))
      expect(nearest(colours, reader), name).toBeGreaterThan(15);
  });

  it("is legible: text has a contrast of 4.5 or more on its surface (WCAG 2, AA)", () => {
    const luminance = (colour: string): number => dot([0.2126, 0.7152, 0.0722], linear(colour));
    const surface = luminance(palette.surface);
    for (const colour of [palette.ink, palette.muted, palette.up, palette.down]) {
      const [low, high] = [surface, luminance(colour)].sort((a, b) => a - b);
      expect(((high ?? 0) + 0.05) / ((low ?? 0) + 0.05), colour).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe("fitText", () => {
  it("leaves what fits, and cuts what does not to fit", () => {
    expect(fitText("PETR4", FONTS.strong, 100)).toBe("PETR4");
    const cut = fitText("João Antônio da Conceição Albuquerque", FONTS.strong, 120);
    expect(cut).toMatch(/^João.*…$/);
    expect(textWidth(cut, FONTS.strong)).toBeLessThanOrEqual(120);
  });

  it("measures in the shipped font, of which the semi-bold is wider", () => {
    const bold = textWidth("Açúcar ± − + …", FONTS.strong);
    expect(bold).toBeGreaterThan(textWidth("Açúcar ± − + …", FONTS.label));
  });
});
