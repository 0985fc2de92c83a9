/** What is used of fontkit, which ships no types. Lengths are in font units, `unitsPerEm` to the size of the type. */
declare module "fontkit" {
  export interface GlyphPosition {
    xAdvance: number;
    yAdvance: number;
    xOffset: number;
    yOffset: number;
  }
  export interface Glyph {
    readonly id: number;
    readonly advanceWidth: number;
  }
  export interface GlyphRun {
    readonly glyphs: readonly Glyph[];
    readonly positions: readonly GlyphPosition[];
    readonly advanceWidth: number;
  }
  export interface Font {
    layout(text: string, features?: readonly string[]): GlyphRun;
    glyphForCodePoint(codePoint: number): Glyph;
    hasGlyphForCodePoint(codePoint: number): boolean;
  }
  export interface Format {
    new (stream: unknown): Font;
    probe(buffer: Uint8Array): boolean;
  }
  export function openSync(path: string): Font;
  export function registerFormat(format: Format): void;
}
