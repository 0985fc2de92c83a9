import type { Language } from "../questions/question.ts";
import { demoLine } from "./footer.ts";
import { UNKNOWN } from "./format.ts";
import type { Message } from "./message.ts";
import { messageOf, penOf, tableOf, textBlock } from "./page.ts";
import { labelOf } from "./words.ts";

/** A file that was sent, and what became of it. */
export interface UploadLine {
  readonly file: string;
  /** Instant, ISO in UTC. */
  readonly at: string;
  readonly status: string;
  /** Rows that count, those that took the place of others among them; null before the file was read. */
  readonly loaded: number | null;
  readonly rejected: number | null;
  /** Null: the reader's own. */
  readonly sender: string | null;
}

/** The files that were sent last, newest first, and what became of their rows. */
export function presentUploads(
  { uploads, demo }: { readonly uploads: readonly UploadLine[]; readonly demo: boolean },
  language: Language,
): Message {
  const pen = penOf(language);
  const { words, format } = pen;
  const say = words.uploads;
  const [newest] = uploads;
  const footer = demoLine(demo, pen);
  if (newest === undefined) return messageOf({ headline: say.none, blocks: [textBlock(say.hint)] }, footer);
  const count = (value: number | null) => (value === null ? UNKNOWN : format.count(value));
  const others = uploads.some(({ sender }) => sender !== null);
  const title = say.headline(format.count(uploads.length), uploads.length > 1);
  const told = say.newest(newest.file, labelOf(say.states, newest.status));
  return messageOf(
    {
      headline: words.named(title, told),
      emphasis: [{ text: newest.file }],
      blocks: [
        tableOf(
          {
            columns: [
              { label: say.file, cell: ({ file }) => file },
              { label: say.when, cell: ({ at }) => format.moment(at) },
              { label: say.loaded, align: "right", cell: ({ loaded }) => count(loaded) },
              {
                label: say.rejected,
                align: "right",
                cell: ({ rejected }) => ({
                  text: count(rejected),
                  ...((rejected ?? 0) > 0 ? { tone: "warning" as const } : {}),
                }),
              },
              { label: say.state, cell: ({ status }) => labelOf(say.states, status) },
              ...(others ? [{ label: say.sender, cell: ({ sender }: UploadLine) => sender ?? say.you }] : []),
            ],
            rows: uploads,
          },
          pen,
        ),
      ],
    },
    footer,
  );
}
