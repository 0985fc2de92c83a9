import { fileURLToPath } from "node:url";
import { createCanvas, registerFont } from "canvas";

/** The house style of every picture. Sizes are in CSS pixels; a picture has twice as many device pixels. */

export const WIDTH = 800;
export const HEIGHT = 400;
export const PIXEL_RATIO = 2;
export const MARGIN = 24;

export type Theme = "light" | "dark";

export interface Palette {
  readonly surface: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly baseline: string;
  readonly up: string;
  readonly down: string;
  /** Bars that have no sign to tell. */
  readonly plain: string;
  /** The portfolio's line, then the benchmarks'. */
  readonly lines: readonly string[];
  /** Told apart by readers of every colour vision: a test simulates them. */
  readonly slices: readonly string[];
  /** What is added up of small parts. */
  readonly rest: string;
}

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    surface: "#FFFFFF",
    ink: "#17202B",
    muted: "#5F6B7A",
    grid: "#E9EDF1",
    baseline: "#A3AEBA",
    up: "#0B7F6B",
    down: "#C2452D",
    plain: "#1B4F8A",
    lines: ["#14508C", "#6B7785", "#D9810A", "#7850C0"],
    slices: ["#1B4F8A", "#F0921A", "#38937A", "#B5432E", "#82B8F5", "#7850C0", "#D1B671", "#C86CBC"],
    rest: "#AEB7C2",
  },
  dark: {
    surface: "#14181E",
    ink: "#E8ECF1",
    muted: "#9AA6B5",
    grid: "#262D36",
    baseline: "#5C6876",
    up: "#35B89A",
    down: "#F0785C",
    plain: "#6FA8EE",
    lines: ["#6FB1F0", "#9AA6B5", "#F0A742", "#B79AF0"],
    slices: ["#5B78E6", "#F5AC2A", "#4CC485", "#D2603E", "#A6BEFA", "#9A5AB8", "#D6E887", "#EFBED8"],
    rest: "#6B7785",
  },
};

/**
 * The name that the shipped font is registered under: not "Inter", so that a font of that name on the machine can
 * never take its place and pictures are the same everywhere.
 */
const FONT_FAMILY = "Carteira Inter";

/** Full fonts: the Latin subset lacks signs such as arrows and falls back to a system font without a word. */
const FONT_FILES = [
  import.meta.resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf"),
  import.meta.resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf"),
];

for (const file of FONT_FILES) registerFont(fileURLToPath(file), { family: FONT_FAMILY });

export interface FontStyle {
  readonly size: number;
  readonly weight: 400 | 600;
}

export const FONTS = {
  title: { size: 18, weight: 600 },
  subtitle: { size: 12, weight: 400 },
  tick: { size: 11, weight: 400 },
  label: { size: 13, weight: 400 },
  strong: { size: 13, weight: 600 },
  note: { size: 11, weight: 600 },
} as const satisfies Record<string, FontStyle>;

/** Half as large still reads on a phone, which shows a picture about 400 pixels wide. */
const LARGE_FONTS = {
  title: { size: 26, weight: 600 },
  subtitle: { size: 18, weight: 400 },
  tick: { size: 17, weight: 400 },
  label: { size: 20, weight: 400 },
  strong: { size: 20, weight: 600 },
  note: { size: 17, weight: 600 },
} as const satisfies Record<keyof typeof FONTS, FontStyle>;

export type Fonts = Readonly<Record<keyof typeof FONTS, FontStyle>>;

export function fontsOf(size: "large" | undefined): Fonts {
  return size === "large" ? LARGE_FONTS : FONTS;
}

/** The font as a canvas wants it. */
export function cssFont(font: FontStyle): string {
  return `${font.weight} ${font.size}px "${FONT_FAMILY}"`;
}

/** The font as Chart.js wants it. */
export function chartFont(font: FontStyle): { family: string; size: number; weight: number } {
  return { family: FONT_FAMILY, size: font.size, weight: font.weight };
}

const ruler = createCanvas(1, 1).getContext("2d");

/** What pictures are drawn with. */
export type Context2D = typeof ruler;

/** Width of a text in CSS pixels. */
export function textWidth(text: string, font: FontStyle): number {
  ruler.font = cssFont(font);
  return ruler.measureText(text).width;
}

/** The text, cut with an ellipsis where it is wider than `width`. */
export function fitText(text: string, font: FontStyle, width: number): string {
  if (textWidth(text, font) <= width) return text;
  let kept = [...text];
  while (kept.length > 1 && textWidth(`${kept.join("").trimEnd()}…`, font) > width) kept = kept.slice(0, -1);
  return `${kept.join("").trimEnd()}…`;
}

/** Black or white ink, whichever reads better on a colour (relative luminance as WCAG 2 defines it). */
export function inkOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return (luminance + 0.05) ** 2 > 0.05 * 1.05 ? "#17202B" : "#FFFFFF";
}
