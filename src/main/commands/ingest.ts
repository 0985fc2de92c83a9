import { basename } from "node:path";
import { FILE_KINDS, type FileKind } from "../../../pipeline/ports.ts";
import { ADMIN_USER } from "../../access/access.ts";
import type { FileOutcome } from "../../conversation/turn.ts";
import { presentIngest } from "../../messages/upload.ts";
import { oneOf, readArguments } from "../arguments.ts";
import { localUser } from "../asking.ts";
import { EXIT, Refusal } from "../exit.ts";
import { type FileToLoad, type OpenedFile, openFile } from "../files.ts";
import { REAL_HOME } from "../home.ts";
import { openIntake } from "../intake.ts";
import type { Shell } from "../shell.ts";
import { showSteps } from "../steps.ts";
import { openStore, type Store } from "../store.ts";
import { toFileOutcome } from "../uploads.ts";
import type { Words } from "../words/words.ts";

const OPTIONS = {
  as: { type: "string" },
  client: { type: "string" },
  kind: { type: "string" },
  replaces: { type: "string" },
  json: { type: "boolean" },
} as const;

const KINDS = Object.keys(FILE_KINDS) as FileKind[];

/** Loads files as the owner of this machine, operations in the scope of `--as`. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, io, terminal } = shell;
  const { values, positionals } = readArguments(args, OPTIONS, words);
  if (positionals.length === 0) throw new Refusal(EXIT.badUsage, words.argumentMissing(words.theFile));
  const userId = localUser(values.as, words);
  const kind = oneOf(values.kind, KINDS, "--kind", words);
  const replaces = values.replaces?.trim() || null;
  // One upload takes the place of one: which of several would, nobody could tell.
  if (replaces !== null && positionals[1] !== undefined) {
    throw new Refusal(EXIT.badUsage, words.tooManyArguments(positionals[1]));
  }
  const json = values.json === true;

  const opened = await Promise.all(positionals.map((path) => openFile(path, io.workingFolder, words)));
  const files = opened.flatMap((one) => ("file" in one ? [one.file] : []));
  const outcome = files.length === 0 ? NOTHING : await load(files);
  const refused = opened.flatMap((one) => ("reason" in one ? [one] : []));

  for (const { reason } of refused) terminal.note(reason);
  if (json) terminal.json({ runId: outcome.runId, files: inOrder(opened, outcome.files) });
  else if (outcome.files.length > 0) terminal.print(presentIngest(outcome, words.language, words).text);
  if (!json)
    for (const { upload, rejected } of outcome.files)
      if (rejected > 0) terminal.print(words.rejectedHint(upload));
  return refused.length === 0 && outcome.allTaken ? EXIT.answered : EXIT.badInput;

  async function load(files: readonly FileToLoad[]) {
    const store = await openStore(shell, REAL_HOME);
    if (replaces !== null) await mustBeReplaceable(store, replaces, words);
    const show = json ? () => {} : showSteps(shell, subjectOf(files, words));
    const { runId, results } = await openIntake(store, shell).load(
      {
        files,
        userId,
        admin: true,
        brokers: userId === ADMIN_USER ? "all" : [userId],
        clientId: values.client?.trim() || null,
        kind,
        replaces,
        language: words.language,
      },
      show,
    );
    const allTaken = results.every(
      ({ upload }) => upload.status !== "failed" && upload.status !== "not_promoted",
    );
    return { runId, files: results.map(toFileOutcome), allTaken };
  }
}

const NOTHING: { runId: string | null; files: readonly FileOutcome[]; allTaken: boolean } = {
  runId: null,
  files: [],
  allTaken: true,
};

/** An upload that another has replaced already cannot be replaced again: its successor can. */
async function mustBeReplaceable({ state }: Store, id: string, words: Words): Promise<void> {
  const upload = await state.uploads.find(id);
  if (upload === null) throw new Refusal(EXIT.badInput, words.uploadNotFound(id));
  if (upload.status === "replaced") throw new Refusal(EXIT.badInput, words.uploadReplaced(id));
}

function subjectOf(files: readonly FileToLoad[], words: Words): string {
  const [first, ...others] = files;
  return first !== undefined && others.length === 0 ? first.fileName : words.fileCount(files.length);
}

/** One entry a file in the order of the command line, also for those that could not be opened. */
function inOrder(opened: readonly OpenedFile[], outcomes: readonly FileOutcome[]): readonly object[] {
  const rest = [...outcomes];
  return opened.map((one) =>
    "file" in one ? (rest.shift() ?? {}) : unopened(basename(one.path), one.reason),
  );
}

function unopened(file: string, reason: string): object {
  return {
    upload: null,
    file,
    kind: null,
    rows: 0,
    loaded: 0,
    replaced: 0,
    repeated: 0,
    rejected: 0,
    promoted: false,
    issues: [{ line: 0, column: "", value: "", reason }],
  };
}
