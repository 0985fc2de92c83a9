import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type * as Fontkit from "fontkit";

/**
 * The fonts of reports. A PDF library parses a font anew for each document and shapes each word anew, which took three quarters of
 * the time of a report. Here a thread parses each font once and remembers how words are shaped; figures are set glyph by glyph in
 * digits of one width, so that columns of numbers stand in line.
 */

type Font = Fontkit.Font;
type Glyph = Fontkit.Glyph;
type GlyphPosition = Fontkit.GlyphPosition;
type GlyphRun = Fontkit.GlyphRun;

// Not imported: the PDF library requires it, and what is imported would be another copy with formats of its own.
const { openSync, registerFormat } = createRequire(import.meta.url)("fontkit") as typeof Fontkit;

/** Words that a thread remembers: those of the catalogue, and the names of a few hundred clients. */
const REMEMBERED_MAX = 20_000;
/** Figures, days, percentages: nothing in them is kerned, and hardly one comes twice. */
const FIGURE = /^[\d.,+\-−—/:%()\s]+$/;

const FILES = {
  regular: "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf",
  strong: "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf",
} as const;

export type FontName = keyof typeof FILES;

/** What a document is given for a font: bytes that only the format registered here takes for one. */
export function fontToken(name: FontName): Buffer {
  return Buffer.from(`carteira font: ${name}`);
}

let registered = false;

/** Makes the fonts known to the PDF library, by their tokens; once a thread. */
export function registerFonts(): void {
  if (registered) return;
  registered = true;
  for (const name of Object.keys(FILES) as FontName[]) registerFormat(formatOf(name));
}

function formatOf(name: FontName): Fontkit.Format {
  const font = rememberingFont(openSync(fileURLToPath(import.meta.resolve(FILES[name]))));
  const token = fontToken(name);
  class SharedFont {
    static probe(buffer: Uint8Array): boolean {
      return token.equals(buffer);
    }
    constructor() {
      // biome-ignore lint/correctness/noConstructorReturn: a format is constructed for each document, and this one is shared.
      return font;
    }
  }
  return SharedFont as unknown as Fontkit.Format;
}

/** The font with its shaping remembered. All else of it is its own. */
function rememberingFont(font: Font): Font {
  const digits = font.layout("0123456789", ["tnum"]).glyphs;
  const words = new Map<string, GlyphRun>();
  const layout = (text: string, features?: readonly string[]): GlyphRun => {
    if (features !== undefined) return font.layout(text, features);
    if (FIGURE.test(text))
      return setOut([...text].map((sign) => digits[Number.parseInt(sign, 10)] ?? glyphOf(font, sign)));
    const known = words.get(text) ?? font.layout(text);
    const kept = { glyphs: known.glyphs, positions: known.positions.map(copyOf), advanceWidth: 0 };
    if (words.size >= REMEMBERED_MAX) words.clear();
    if (!words.has(text)) words.set(text, kept);
    return runOf(kept.glyphs, kept.positions.map(copyOf));
  };
  return Object.assign(Object.create(font) as Font, { layout });
}

function glyphOf(font: Font, sign: string): Glyph {
  return font.glyphForCodePoint(sign.codePointAt(0) ?? 0);
}

function setOut(glyphs: readonly Glyph[]): GlyphRun {
  const positions = glyphs.map(({ advanceWidth }) => ({
    xAdvance: advanceWidth,
    yAdvance: 0,
    xOffset: 0,
    yOffset: 0,
  }));
  return runOf(glyphs, positions);
}

/** The PDF library scales positions in place and asks for the width only then. */
function runOf(glyphs: readonly Glyph[], positions: readonly GlyphPosition[]): GlyphRun {
  return {
    glyphs,
    positions,
    get advanceWidth() {
      return positions.reduce((width, { xAdvance }) => width + xAdvance, 0);
    },
  };
}

function copyOf({ xAdvance, yAdvance, xOffset, yOffset }: GlyphPosition): GlyphPosition {
  return { xAdvance, yAdvance, xOffset, yOffset };
}
