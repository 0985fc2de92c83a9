import type { Language } from "../questions/question.ts";
import type { Block, Message } from "./message.ts";
import { type Draft, messageOf, type Pen, penOf, tableOf, textBlock } from "./page.ts";
import { labelOf } from "./words.ts";

/** Rejected rows listed for one file; the rest are counted. */
const ISSUES_SHOWN = 5;

/** What became of one file. rows = loaded + replaced + repeated + rejected. */
export interface FileReport {
  readonly upload: string;
  readonly file: string;
  readonly kind: string | null;
  readonly rows: number;
  readonly loaded: number;
  readonly replaced: number;
  readonly repeated: number;
  readonly rejected: number;
  readonly promoted: boolean;
  /** `line` 0 speaks of the whole file. */
  readonly issues: readonly {
    readonly line: number;
    readonly column: string;
    readonly value: string;
    readonly reason: string;
  }[];
  /** What becomes of it is not known yet: it goes on by itself. */
  readonly pending?: true;
}

/** How far a file is: shown while it is taken, each message in the place of the one before. */
export function presentProgress(
  step: string,
  fraction: number | null,
  fileName: string,
  language: Language,
): Message {
  const pen = penOf(language);
  const { steps, working } = pen.words.upload;
  const name = Object.hasOwn(steps, step) ? labelOf(steps, step) : working;
  const done =
    fraction === null ? "" : ` (${pen.format.count(Math.floor(Math.min(Math.max(fraction, 0), 1) * 100))}%)`;
  return messageOf({ headline: `${pen.words.upload.progress(fileName, name)}${done}`, blocks: [] }, []);
}

/**
 * What became of the files: counts, what was rejected and why, and what to do next. `undoCommand` says how the place
 * where this is read takes a file back, `lookCommand` how it lists files; a chat does both in words.
 */
export function presentIngest(
  outcome: { readonly files: readonly FileReport[] },
  language: Language,
  {
    undoCommand = penOf(language).words.upload.undoCommand,
    lookCommand = penOf(language).words.upload.lookCommand,
  }: {
    readonly undoCommand?: (upload: string) => string;
    readonly lookCommand?: string;
  } = {},
): Message {
  const pen = penOf(language);
  const { upload } = pen.words;
  const drafts = outcome.files.map((file) =>
    file.pending === true ? pendingDraft(file, lookCommand, pen) : fileDraft(file, undoCommand, pen),
  );
  const [only, ...others] = drafts;
  if (only === undefined) return messageOf({ headline: upload.nothing, tone: "warning", blocks: [] }, []);
  if (others.length === 0) return messageOf(only, []);
  const warned = drafts.some(({ tone }) => tone === "warning");
  const blocks = drafts.flatMap(({ headline, tone, blocks: own }) => [textBlock(headline, tone), ...own]);
  return messageOf(
    {
      headline: upload.files(pen.format.count(outcome.files.length)),
      ...(warned ? { tone: "warning" as const } : {}),
      blocks: mergedButtons(blocks),
    },
    [],
  );
}

function fileDraft(report: FileReport, undoCommand: (upload: string) => string, pen: Pen): Draft {
  const { headline, warning } = headlineOf(report, pen);
  return {
    headline,
    tone: warning ? "warning" : "neutral",
    emphasis: [{ text: report.file }],
    blocks: [
      wholeFileBlock(report, pen),
      countsBlock(report, pen),
      issuesTable(report, pen),
      nextStep(report, undoCommand, pen),
      undoButton(report, pen),
    ],
  };
}

/** A file that is kept, and goes on without anybody waiting for it. */
function pendingDraft({ file }: FileReport, lookCommand: string, pen: Pen): Draft {
  const { upload } = pen.words;
  return {
    headline: upload.pending(file),
    tone: "neutral",
    emphasis: [{ text: file }],
    blocks: [textBlock(upload.pendingHint(lookCommand))],
  };
}

function headlineOf(report: FileReport, pen: Pen): { readonly headline: string; readonly warning: boolean } {
  const { words, format } = pen;
  const { upload } = words;
  const rejected =
    report.rejected === 0 ? "" : ` · ${upload.rejected(format.count(report.rejected), report.rejected > 1)}`;
  if (report.promoted) {
    const taken = report.loaded + report.replaced;
    const loaded = upload.loaded(report.file, format.count(taken), taken !== 1);
    return { headline: `${loaded}${rejected}`, warning: report.rejected > 0 };
  }
  if (isRepeated(report)) {
    return { headline: `${upload.repeated(report.file)}${rejected}`, warning: report.rejected > 0 };
  }
  return report.rejected === 0
    ? { headline: upload.unreadable(report.file), warning: true }
    : {
        headline: upload.notPromoted(report.file, format.count(report.rejected), format.count(report.rows)),
        warning: true,
      };
}

/** Every row that passed was there already. */
function isRepeated({ promoted, rows, repeated, rejected }: FileReport): boolean {
  return !promoted && repeated > 0 && repeated + rejected === rows;
}

/** Received, then what became of the rows; a count of zero is left out, for it says nothing. */
function countsBlock(report: FileReport, pen: Pen): Block | null {
  const { words, format } = pen;
  const { fields } = words.upload;
  const counts: [string, number][] = [
    [fields.received, report.rows],
    [report.promoted ? fields.loaded : fields.checked, report.loaded],
    [fields.replaced, report.replaced],
    [fields.repeated, report.repeated],
    [fields.rejected, report.rejected],
  ];
  if (report.rows === 0) return null;
  const kind =
    report.kind === null
      ? []
      : [{ label: fields.kind, value: { text: labelOf(words.upload.kinds, report.kind) } }];
  return {
    kind: "fields",
    fields: [
      ...kind,
      ...counts
        .filter(([, count]) => count > 0)
        .map(([label, count]) => ({ label, value: { text: format.count(count) } })),
    ],
  };
}

/** What is to be said of the file as a whole: why nothing of it was taken, or what in it was passed over. */
function wholeFileBlock(report: FileReport, pen: Pen): Block | null {
  const { upload } = pen.words;
  const warns = report.promoted || isRepeated(report);
  const reasons = report.issues.filter(isOfWholeFile).map(({ reason }) => reason);
  return textBlock(reasons.map((reason) => (warns ? reason : upload.why(reason))).join("\n"), "warning");
}

function isOfWholeFile({ line }: FileReport["issues"][number]): boolean {
  return line === 0;
}

function issuesTable(report: FileReport, pen: Pen): Block | null {
  const { words, format } = pen;
  const { columns, upload } = words;
  const rows = report.issues.filter((issue) => !isOfWholeFile(issue));
  const total = Math.max(report.rejected, rows.length);
  return tableOf(
    {
      title: upload.rejectedTitle,
      columns: [
        { label: columns.line, align: "right", cell: ({ line }) => format.count(line) },
        { label: columns.column, cell: ({ column }) => column },
        { label: columns.found, cell: ({ value }) => value },
        { label: columns.reason, cell: ({ reason }) => ({ text: reason, tone: "warning" }) },
      ],
      rows: rows.slice(0, ISSUES_SHOWN),
      more: total - ISSUES_SHOWN,
    },
    pen,
  );
}

function nextStep(report: FileReport, undoCommand: (upload: string) => string, pen: Pen): Block | null {
  const { upload } = pen.words;
  const fix = report.rejected > 0 && (report.promoted || isRepeated(report)) ? [upload.fix] : [];
  const undo = report.promoted ? [upload.undoHint(undoCommand(report.upload))] : [];
  return textBlock([...fix, ...undo].join("\n"));
}

function undoButton(report: FileReport, pen: Pen): Block | null {
  const { upload } = pen.words;
  if (!report.promoted) return null;
  return { kind: "buttons", buttons: [{ label: upload.undo, command: upload.undoCommand(report.upload) }] };
}

/** One row of buttons at the end, whatever number of files there are: each names its file. */
function mergedButtons(blocks: readonly (Block | null)[]): (Block | null)[] {
  const rest = blocks.filter((block) => block?.kind !== "buttons");
  const buttons = blocks.flatMap((block) => (block?.kind === "buttons" ? block.buttons : []));
  return buttons.length === 0
    ? rest
    : [...rest, { kind: "buttons", buttons: buttons.map(({ command }) => ({ label: command, command })) }];
}
