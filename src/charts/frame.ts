import { chartFont, type FontStyle, fitText, fontsOf, MARGIN, type Palette, WIDTH } from "./style.ts";

/** Title and subtitle at the top left, as every picture has them, cut where they are wider than it; `below` them, more room. */
export function heading(
  titles: { readonly title: string; readonly subtitle: string; readonly size?: "large" },
  palette: Palette,
  below = 0,
) {
  const fonts = fontsOf(titles.size);
  const line = (text: string, font: FontStyle, color: string, bottom: number) => ({
    display: text !== "",
    text: fitText(text, font, WIDTH - 2 * MARGIN),
    align: "start" as const,
    color,
    font: chartFont(font),
    padding: { top: 0, bottom },
  });
  return {
    title: line(titles.title, fonts.title, palette.ink, 4),
    subtitle: line(titles.subtitle, fonts.subtitle, palette.muted, 14 + below),
  };
}

/** A share of a whole with one digit: `12,7%`. What would round to nothing, or to all, is not called so. */
export function percentText(fraction: number, language: "pt" | "en"): string {
  if (fraction > 0 && fraction < 0.0005) return `<${percentText(0.001, language)}`;
  if (fraction < 1 && fraction >= 0.9995) return `>${percentText(0.999, language)}`;
  return numberFormat(language, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(fraction);
}

/** A return in percent with its sign and so many digits: `+12,7%`. */
export function returnText(percent: number, digits: number, language: "pt" | "en"): string {
  const text = numberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: "exceptZero",
  }).format(percent);
  return `${text}%`;
}

function numberFormat(language: "pt" | "en", options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return new Intl.NumberFormat(language === "pt" ? "pt-BR" : "en-US", options);
}
