import type { Message } from "../../src/messages/message.ts";
import { plainText } from "../../src/messages/plain-text.ts";
import { boxed, cut, escaped, link } from "./mrkdwn.ts";

/** Slack cuts a text of more than 40,000 characters; it asks for about a tenth of that. */
const MAX_TEXT = 4_000;

/** All of a message as one text, tables in a fixed width: what is sent where blocks are refused. */
export function asText(message: Message, notes: readonly string[] = []): string {
  const parts = message.blocks.map((block) => {
    if (block.kind === "chart") return escaped(block.alt);
    if (block.kind === "link") return link(block.url, block.label);
    const text = plainText("", [block], []).trim();
    return block.kind === "table" || block.kind === "fields" ? boxed(text) : escaped(text);
  });
  const all = [escaped(message.headline), ...parts, escaped(message.footer.join("\n")), ...notes];
  return closed(cut(all.filter((part) => part.trim() !== "").join("\n\n"), MAX_TEXT)) || "—";
}

/** A box that was cut open is closed, or the rest of the talk would be in it. */
function closed(text: string): string {
  const open = text.split("```").length % 2 === 0;
  return open ? `${text}\n\`\`\`` : text;
}
