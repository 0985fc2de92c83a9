import { Readable } from "node:stream";
import { type LedgerAction, readLedger } from "../../../pipeline/gold/action-list.ts";
import { ADMIN_USER } from "../../access/access.ts";
import { ACTION_TYPES, type ActionStatus, actionsCsv } from "../../market/actions.ts";
import { canonicalCode } from "../../market/instruments.ts";
import { UNKNOWN } from "../../messages/format.ts";
import { penOf } from "../../messages/page.ts";
import { Decimal } from "../../money/decimal.ts";
import { oneOf, readArguments } from "../arguments.ts";
import { EXIT, Refusal } from "../exit.ts";
import { readDay } from "../instant.ts";
import { openIntake } from "../intake.ts";
import type { Shell } from "../shell.ts";
import { showSteps } from "../steps.ts";
import { openStore, type Store } from "../store.ts";
import { table } from "../table.ts";
import type { Words } from "../words/words.ts";

const OPTIONS = {
  pending: { type: "boolean" },
  type: { type: "string" },
  cost: { type: "string" },
  json: { type: "boolean" },
} as const;

/** What a person decides of an action, and what its row says then. */
const DECISIONS = { confirm: "confirmado", reject: "recusado" } as const satisfies Record<
  string,
  ActionStatus
>;

/** Lists the ledger of corporate actions, and writes what the owner of this machine decides of one of them into it. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words } = shell;
  const { values, positionals } = readArguments(args, OPTIONS, words);
  const [verb, asset, day, more] = positionals;
  const json = values.json === true;
  const type = oneOf(values.type, ACTION_TYPES, "--type", words);
  if (verb === undefined) return list(shell, { pending: values.pending === true, json });
  if (verb !== "confirm" && verb !== "reject") {
    throw new Refusal(EXIT.badUsage, words.tooManyArguments(verb));
  }
  if (asset === undefined || day === undefined)
    throw new Refusal(EXIT.badUsage, words.argumentMissing(words.theAssetAndDate));
  if (more !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(more));
  const date = readDay(day);
  if (date === null) throw new Refusal(EXIT.badUsage, words.badDay(day));
  const cost = values.cost === undefined || verb === "reject" ? null : costOf(values.cost, words);
  return decide(shell, { status: DECISIONS[verb], asset: canonicalCode(asset), date, type, cost, json });
}

async function list(shell: Shell, { pending, json }: { pending: boolean; json: boolean }): Promise<number> {
  const { words, terminal } = shell;
  const all = await ledgerOf(await openStore(shell));
  const actions = pending ? all.filter(isPending) : all;
  if (json) terminal.json(actions.map(toJson));
  else if (actions.length === 0) terminal.print(pending ? words.noPendingActions : words.noActions);
  else {
    const lines = table([words.actionColumns, ...actions.map((action) => cells(action, words))]);
    for (const line of lines) terminal.print(line);
    const waiting = all.filter(isPending).length;
    if (waiting > 0) terminal.note(words.actionsWaiting(waiting));
  }
  return EXIT.answered;
}

function isPending({ status, type }: LedgerAction): boolean {
  return status === "inferido" && type !== "provento";
}

async function ledgerOf({ lake, state }: Store): Promise<readonly LedgerAction[]> {
  return readLedger(lake, await state.uploads.active());
}

interface Decision {
  readonly status: (typeof DECISIONS)[keyof typeof DECISIONS];
  readonly asset: string;
  readonly date: string;
  readonly type: LedgerAction["type"] | null;
  readonly cost: Decimal | null;
  readonly json: boolean;
}

/** Writes one row through the intake, as any file, so that it can be undone. Between reading and writing nobody else writes. */
async function decide(shell: Shell, decision: Decision): Promise<number> {
  const { words, terminal, io } = shell;
  const { json, status } = decision;
  const store = await openStore(shell);
  const { action, outcome } = await openIntake(store, shell).exclusively(async ({ load }) => {
    const found = chosen(await ledgerOf(store), decision, words);
    const row = { ...found, status, cost: decision.cost ?? found.cost };
    const fileName = `evento-${found.asset}-${found.date}-${status}.csv`;
    const body = Readable.from([Buffer.from(actionsCsv([row], io.now().toISOString()))]);
    const request = {
      files: [{ fileName, body }],
      userId: ADMIN_USER,
      admin: true,
      brokers: "all",
      clientId: null,
      kind: "actions",
      replaces: null,
      language: words.language,
    } as const;
    return { action: row, outcome: await load(request, json ? () => {} : showSteps(shell, fileName)) };
  });
  const [result] = outcome.results;
  if (result?.pending === true) {
    if (json) terminal.json({ runId: null, upload: result.upload.id, pending: true });
    else terminal.print(words.stillLoading(result.upload.id));
    return EXIT.answered;
  }
  if (result === undefined || !result.promoted)
    throw new Refusal(EXIT.badInput, result?.issues[0]?.reason ?? words.unexpected);
  if (json) terminal.json({ runId: outcome.runId, upload: result.upload.id, action: toJson(action) });
  else say(action, result.upload.id, shell);
  return EXIT.answered;
}

function say(action: LedgerAction, upload: string, { words, terminal }: Shell): void {
  const name = nameOf(action, words);
  const { holders, cost } = action;
  if (action.status === "recusado") terminal.print(words.actionRejected(name));
  else {
    terminal.print(words.actionConfirmed(name, holders));
    if (action.type === "bonificacao") {
      const format = penOf(words.language).format;
      terminal.print(cost === null ? words.bonusWithoutCost : words.bonusCost(format.exact(cost)));
    }
  }
  terminal.print(words.undoWith(words.undoCommand(upload)));
}

/** The action that is meant. Throws Refusal where there is none or more than one, or where it is decided like that already. */
function chosen(actions: readonly LedgerAction[], decision: Decision, words: Words): LedgerAction {
  const { asset, date, type, status, cost } = decision;
  const there = actions.filter(
    (action) => action.asset === asset && action.date === date && (type === null || action.type === type),
  );
  const [action, another] = there;
  const when = words.day(date);
  if (action === undefined) throw new Refusal(EXIT.badInput, words.actionNotFound(asset, when));
  if (another !== undefined) {
    const types = there.map((one) => one.type).join(", ");
    throw new Refusal(EXIT.badInput, words.actionAmbiguous(asset, when, types));
  }
  if (action.status === status && (cost === null || (action.cost?.equals(cost) ?? false)))
    throw new Refusal(
      EXIT.badInput,
      words.actionDecided(nameOf(action, words), words.actionStatuses[status]),
    );
  return action;
}

/** `5,50`, `5.50` or `R$ 5,50`; what could be a thousand is not guessed. */
function costOf(text: string, words: Words): Decimal {
  const plain = text.replace(/^\s*R\$/, "").trim();
  if (!/^\d{1,9}([.,]\d{1,8})?$/.test(plain) || /\.\d{3}$/.test(plain))
    throw new Refusal(EXIT.badUsage, words.optionNotAllowed("--cost", text, "5,50"));
  return Decimal.parse(plain.replace(",", "."));
}

function nameOf(action: LedgerAction, words: Words): string {
  const factor = factorOf(action);
  const said = factor === null ? "" : ` ${factor}`;
  return `${words.actionTypes[action.type]}${said} ${action.asset} ${words.day(action.date)}`;
}

/** As files write it: old:new. */
function factorOf({ ratio }: LedgerAction): string | null {
  return ratio === null ? null : `${ratio.oldUnits}:${ratio.newUnits}`;
}

function cells(action: LedgerAction, words: Words): readonly string[] {
  const format = penOf(words.language).format;
  return [
    format.day(action.date),
    action.asset,
    words.actionTypes[action.type],
    factorOf(action) ?? (action.amount === null ? UNKNOWN : format.exact(action.amount)),
    words.actionStatuses[action.status],
    action.source,
    String(action.holders),
  ];
}

function toJson(action: LedgerAction): object {
  const { asset, date, type, status, source, cost, amount, holders, sourceFile, rowNumber } = action;
  return {
    asset,
    date,
    type,
    factor: factorOf(action),
    status,
    source,
    cost,
    amount,
    holders,
    sourceFile,
    rowNumber,
  };
}
