/** The text of Slack's messages. Whatever comes from data passes through here. */

/** A text in which Slack sees no markup of its own: no mention of a person or of everybody, no link, no entity. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * What a person typed, as they typed it: Slack escapes three characters and writes links and mentions in brackets.
 *
 * @example typed("<mailto:ana@x.com|ana@x.com> P&amp;L") // "ana@x.com P&L"
 */
export function typed(text: string): string {
  return text
    .replace(/<([^<>|]*)\|([^<>]*)>/g, "$2")
    .replace(/<([^<>]*)>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .trim();
}

/** The text in bold; the signs of bold in it are taken out, for there is no way to escape them. */
export function bold(text: string): string {
  const inner = escaped(text.replace(/[*\n]/g, " ")).trim();
  return inner === "" ? "" : `*${inner}*`;
}

/** A link with what it is called: what would end either of them early is taken out of it. */
export function link(url: string, label: string): string {
  return `<${escaped(url.replace(/[|<>\s]/g, encodeURIComponent))}|${escaped(label.replaceAll("|", " "))}>`;
}

/** Lines set in a fixed width. What would close the box early is taken apart. */
export function boxed(text: string): string {
  return `\`\`\`\n${escaped(text.toWellFormed().replaceAll("```", "'''"))}\n\`\`\``;
}

/** The text cut to so many characters (UTF-16, as Slack counts at most), no half of a pair and no half of an entity left. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, "");
  return `${kept.replace(/&[a-z]{0,3}$/, "")}…`;
}

/** Pieces of at most so many characters, parted between lines where that can be. */
export function pieces(text: string, max: number): readonly string[] {
  const found: string[] = [];
  let current = "";
  for (const line of text.split("\n").flatMap((long) => slices(long, max))) {
    const joined = current === "" ? line : `${current}\n${line}`;
    if (joined.length <= max) {
      current = joined;
      continue;
    }
    found.push(current);
    current = line;
  }
  return [...found, current].filter((piece) => piece.trim() !== "");
}

function slices(line: string, max: number): readonly string[] {
  const found: string[] = [];
  for (let rest = line; ; ) {
    if (rest.length <= max) return [...found, rest];
    // Neither a pair of surrogates nor an entity is parted.
    const at = rest.slice(0, max).replace(/(?:[\uD800-\uDBFF]|&[a-z]{0,4})$/, "").length || max;
    found.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
}
