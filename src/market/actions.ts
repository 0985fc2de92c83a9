import { dayNumber, type IsoDay } from "../money/day.ts";
import type { Decimal } from "../money/decimal.ts";

/** The ledger of corporate actions as files hold it (kind `actions`): what its words are, and how its rows are written. */

export const ACTION_TYPES = ["desdobramento", "grupamento", "bonificacao", "provento"] as const;
/** Inferred: a source tells of it and nobody confirmed it. Rejected: it did not take place, or not so. */
export type ActionStatus = "confirmado" | "inferido" | "recusado";
export type ActionType = (typeof ACTION_TYPES)[number];

/**
 * How many calendar days may lie between two rows that tell the same event: exports of B3 state an event on the day it is
 * credited, some sessions after the ex day.
 */
export const SAME_EVENT_DAYS = 10;

/** How many units become how many. */
interface UnitRatio {
  readonly newUnits: bigint;
  readonly oldUnits: bigint;
}

export interface ActionRow {
  readonly asset: string;
  /** First session traded on the new basis; of a payment the ex day. */
  readonly date: IsoDay;
  readonly type: ActionType;
  /** Null for a payment. */
  readonly ratio: UnitRatio | null;
  readonly status: ActionStatus;
  /** Who says so, in lower case. */
  readonly source: string;
  /** Declared cost of one new unit of a bonus issue, in the instrument's currency. */
  readonly cost: Decimal | null;
  /** What a payment gives a unit, before tax, in the instrument's currency. */
  readonly amount: Decimal | null;
}

/** Splits that two whole numbers above one describe are of numbers up to this: 3:2, 5:2. */
const SMALL_MAX = 10n;
/** Beyond this a ratio with one side 1 is a typing error rather than a split. */
const SPLIT_MAX = 1_000n;

/**
 * What a ratio of new to old units, of which a source says no more, most likely is. Two to one, one to ten and three to two are
 * splits. Between 1 and 1.5 lie bonus issues of some percent (105:100, 11:10), whose cost a source does not tell, and
 * whatever is no ratio of small numbers is an adjustment that a person has to look at. Null where nothing changes.
 */
export function classifySplit({
  newUnits,
  oldUnits,
}: UnitRatio): { readonly type: Exclude<ActionType, "provento">; readonly status: ActionStatus } | null {
  if (newUnits <= 0n || oldUnits <= 0n || newUnits === oldUnits) return null;
  const divisor = greatestDivisor(newUnits, oldUnits);
  const fresh = newUnits / divisor;
  const old = oldUnits / divisor;
  if (fresh > old && 2n * fresh < 3n * old) return { type: "bonificacao", status: "inferido" };
  const plain =
    fresh === 1n || old === 1n
      ? fresh <= SPLIT_MAX && old <= SPLIT_MAX
      : fresh <= SMALL_MAX && old <= SMALL_MAX;
  return { type: fresh > old ? "desdobramento" : "grupamento", status: plain ? "confirmado" : "inferido" };
}

/**
 * What a source found that the ledger does not have yet, rejected rows included: what a person decided is not told again, and
 * no close is turned back twice for one event. Payments are the same on the same day; anything else within SAME_EVENT_DAYS where the type or
 * the ratio is the same.
 */
export function newActions(found: readonly ActionRow[], ledger: readonly ActionRow[]): readonly ActionRow[] {
  return found.filter((row) => !ledger.some((known) => known.asset === row.asset && isSame(known, row)));
}

function isSame(left: ActionRow, right: ActionRow): boolean {
  const days = Math.abs(dayNumber(left.date) - dayNumber(right.date));
  if (left.ratio === null || right.ratio === null) return left.type === right.type && days === 0;
  const sameRatio = left.ratio.newUnits * right.ratio.oldUnits === right.ratio.newUnits * left.ratio.oldUnits;
  return days <= SAME_EVENT_DAYS && (sameRatio || left.type === right.type);
}

function greatestDivisor(left: bigint, right: bigint): bigint {
  let [a, b] = [left, right];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

const HEADER = ["ativo", "data", "tipo", "fator", "situacao", "fonte", "custo", "valor"];

/**
 * The rows as the text of an `actions` file. `writtenAt` goes into a column that no contract reads: the same bytes sent again
 * count as of the first time, so that a decision that is taken back and taken again has to differ from itself.
 */
export function actionsCsv(rows: readonly ActionRow[], writtenAt: string | null = null): string {
  const stamp = writtenAt === null ? [] : [writtenAt];
  const lines = rows.map((row) => [
    row.asset,
    row.date,
    row.type,
    row.ratio === null ? "" : `${row.ratio.oldUnits}:${row.ratio.newUnits}`,
    row.status,
    row.source,
    withComma(row.cost),
    withComma(row.amount),
    ...stamp,
  ]);
  return [[...HEADER, ...stamp.map(() => "registrado_em")], ...lines]
    .map((cells) => `${cells.map(quoted).join(";")}\n`)
    .join("");
}

function withComma(amount: Decimal | null): string {
  return amount === null ? "" : amount.toJSON().replace(".", ",");
}

function quoted(cell: string): string {
  return /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
