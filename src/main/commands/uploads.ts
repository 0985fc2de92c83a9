import { UNKNOWN } from "../../messages/format.ts";
import { penOf } from "../../messages/page.ts";
import { labelOf } from "../../messages/words.ts";
import type { Upload } from "../../state/index.ts";
import { readArguments, readLimit } from "../arguments.ts";
import { EXIT, Refusal } from "../exit.ts";
import type { Shell } from "../shell.ts";
import { openStore } from "../store.ts";
import { table } from "../table.ts";
import type { Words } from "../words/words.ts";

/** Lists the uploads, the newest first. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, terminal } = shell;
  const options = { limit: { type: "string" }, json: { type: "boolean" } } as const;
  const { values, positionals } = readArguments(args, options, words);
  if (positionals[0] !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(positionals[0]));
  const limit = readLimit(values.limit, words);
  const { state } = await openStore(shell);
  const uploads = await state.uploads.list(limit);
  if (values.json === true) {
    terminal.json(uploads.map(toJson));
    return EXIT.answered;
  }
  if (uploads.length === 0) terminal.print(words.noUploads);
  else
    for (const line of table([words.uploadColumns, ...uploads.map((one) => cells(one, words))]))
      terminal.print(line);
  if (uploads.length === limit) terminal.note(words.moreUploads(limit));
  return EXIT.answered;
}

function cells(upload: Upload, words: Words): readonly string[] {
  const pen = penOf(words.language);
  return [
    upload.id,
    pen.format.moment(upload.receivedAt),
    words.statuses[upload.status],
    upload.kind === null ? UNKNOWN : labelOf(pen.words.upload.kinds, upload.kind),
    String(upload.counts?.rows ?? ""),
    String(upload.counts?.rejected ?? ""),
    upload.fileName,
  ];
}

/** What a script needs to choose an upload; where its bytes lie is the lake's business. */
function toJson({
  id,
  fileName,
  kind,
  status,
  userId,
  clientId,
  receivedAt,
  counts,
  replaces,
}: Upload): object {
  return {
    upload: id,
    file: fileName,
    kind,
    status,
    user: userId,
    client: clientId,
    receivedAt,
    counts,
    replaces,
  };
}
