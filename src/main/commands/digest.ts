import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DIGEST_SECTIONS, type Digest, type DigestSection } from "../../../reports/digest/digest.ts";
import type { DigestMoment } from "../../../reports/digest/moment.ts";
import { digestPage } from "../../../reports/digest/page.ts";
import { picturesOf } from "../../../reports/digest/pictures.ts";
import { identify } from "../../access/access.ts";
import { createAuditWriter } from "../../access/audit.ts";
import { drawChart } from "../../charts/draw.ts";
import { plainText } from "../../messages/plain-text.ts";
import { oneOf, readArguments } from "../arguments.ts";
import { askerOf, atOf, mustBePublished } from "../asking.ts";
import { openBook } from "../book.ts";
import { digestsOf } from "../digests.ts";
import { EXIT, Refusal } from "../exit.ts";
import { outFolder } from "../out-folder.ts";
import type { Shell } from "../shell.ts";
import type { Words } from "../words/words.ts";

const OPTIONS = {
  as: { type: "string" },
  client: { type: "string" },
  at: { type: "string" },
  moment: { type: "string" },
  sections: { type: "string" },
  out: { type: "string" },
} as const;

const MOMENTS = { open: "before_open", close: "after_close" } as const satisfies Record<string, DigestMoment>;

/** Prints the digest of the asker's clients, or of one of them, and writes it as a page where `--out` says. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, terminal } = shell;
  const { values, positionals } = readArguments(args, OPTIONS, words);
  if (positionals[0] !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(positionals[0]));
  const asked = oneOf(values.moment, ["open", "close"], "--moment", words);
  const sections = sectionsOf(values.sections, words);
  const at = atOf(values.at, words);
  const client = values.client?.trim() || null;
  const who = await askerOf(values.as, shell);
  const book = await openBook(shell);
  await mustBePublished(book, shell);
  const asker = await identify(who, book.directory, words.language);
  if (asker === null) throw new Refusal(EXIT.badInput, words.unknownUser(who));
  const digest = await digestsOf(book, shell).compose({
    brokers: asker.brokers,
    owner: asker.userId,
    language: words.language,
    sections,
    moment: asked === null ? "now" : MOMENTS[asked],
    at,
    client,
  });
  await createAuditWriter(book.state.audit)({
    who,
    place: `cli:${who}`,
    intent: "digest",
    client: digest === null ? null : client,
    outcome: digest === null ? "not_found" : "ok",
  });
  if (digest === null) throw new Refusal(EXIT.badInput, words.clientNotFound);
  const path = values.out === undefined ? null : await writePage(digest, values.out, shell);
  terminal.print(textOf(digest));
  if (path !== null) terminal.note(words.digestWritten(path));
  return EXIT.answered;
}

function sectionsOf(text: string | undefined, words: Words): readonly DigestSection[] {
  if (text === undefined) return DIGEST_SECTIONS;
  return text
    .split(",")
    .map((name) => name.trim())
    .flatMap((name) => oneOf(name, DIGEST_SECTIONS, "--sections", words) ?? []);
}

/** All messages one below the other, their common footer once. */
function textOf({ messages }: Digest): string {
  const texts = messages.map(({ headline, blocks }) => plainText(headline, blocks, []));
  const footer = messages[0]?.footer ?? [];
  return [...texts, ...(footer.length === 0 ? [] : [footer.join("\n")])].join("\n\n");
}

/** Writes the page and its pictures, and gives the page's path. Throws Refusal (bad input) where the folder cannot be one. */
async function writePage({ messages }: Digest, out: string, shell: Shell): Promise<string> {
  const folder = await outFolder(out, shell);
  const pictures = await picturesOf(messages, drawChart);
  for (const [at, { light, dark }] of pictures.entries()) {
    await writeFile(join(folder, `digest-${at + 1}.png`), light);
    await writeFile(join(folder, `digest-${at + 1}-dark.png`), dark);
  }
  const path = join(folder, "digest.html");
  await writeFile(path, await digestPage(messages, pictures, shell.words.language));
  return path;
}
